import { relative } from "node:path";
import { type DeploymentStatus } from "../../genesys/deployment";
import { type AuditSubject, type DeclaredDeployment, type LiveEndpoints } from "../../live";
import { type AllowList } from "../../origins";
import {
  type DeclaredMessenger,
  killedRun,
  pasted,
  rememberedConfigurationId,
  type RememberedConfiguration,
  type RememberedDeployment,
  rememberedDeploymentIds,
  type State,
  type SynthesizedStack,
} from "../../terraform";
import { keptWords, pendingDrifts } from "./pending-drifts";

/** What is known of a Messenger before anybody looks at Genesys. */
export interface KnownMessenger {
  readonly declared: DeclaredMessenger;
  /** What the state has of it; undefined where it was never deployed. */
  readonly remembered: RememberedDeployment | undefined;
  /** What the state has of its configuration while it has no deployment: its creation was cut short, or its deployment's. */
  readonly configuration?: RememberedConfiguration;
  readonly derived: AllowList | undefined;
}

/** Where a Messenger is audited. */
export interface AuditSurroundings {
  readonly endpoints: LiveEndpoints;
  /** What runs the stack: `terraform`, `tofu` or a path. */
  readonly program: string;
}

/** A Messenger of a stack, as the audit is given it. */
export function auditSubject(
  stack: SynthesizedStack,
  state: State | undefined,
  { declared, remembered, derived }: KnownMessenger,
  { endpoints, program }: AuditSurroundings,
): AuditSubject {
  const terraform = `${pasted(program)} -chdir=${pasted(relative("", stack.folder))}`;
  const declaration = declaredDeployment(state, { declared, remembered }, terraform);
  const kept = state === undefined ? undefined : keptWords(stack, state, declared);
  return {
    name: stack.messengers.length === 1 ? stack.name : `${stack.name} (${declared.name})`,
    derived,
    state: remembered?.deployment,
    declared: declaration,
    endpoints,
    ...(remembered !== undefined &&
      declaration.configurationId !== undefined && {
        stateConfigurationVersion: remembered.configurationVersion ?? "",
      }),
    ...(state !== undefined && {
      pending: [...pendingDrifts(stack, state, { declared, derived }, terraform), ...(kept?.drifts ?? [])],
    }),
    ...(kept !== undefined && kept.notes.length > 0 && { notes: kept.notes }),
    ...(state?.readFrom !== undefined && { stateEmptied: killedRun(state.readFrom) }),
    ...(state !== undefined && { stateIds: rememberedDeploymentIds(state) }),
    ...(declared.importId !== undefined && {
      adoptee: {
        deploymentId: declared.importId,
        ...(declared.configurationImportId !== undefined && { configurationId: declared.configurationImportId }),
      },
    }),
    ...(declared.configurationStack !== undefined && { configurationStack: declared.configurationStack }),
    ...(isStatus(declared.status) && { status: declared.status }),
  };
}

function declaredDeployment(
  state: State | undefined,
  { declared, remembered }: Pick<KnownMessenger, "declared" | "remembered">,
  terraform: string,
): DeclaredDeployment {
  const { name, description, address, configurationAddress } = declared;
  const configurationId = state === undefined ? undefined : rememberedConfigurationId(state, declared);
  return {
    name,
    ...(description !== undefined && { description }),
    ...(configurationId !== undefined && { configurationId }),
    ...(declared.sharesConfiguration === true && { sharesConfiguration: true }),
    importCommand: ({ id, configuration }) =>
      [
        ...(remembered === undefined ? [] : [`${terraform} state rm ${address}`]),
        ...(configurationAddress === undefined || configurationId !== undefined
          ? []
          : [`${terraform} import ${configurationAddress} ${configuration.id}`]),
        `${terraform} import ${address} ${id}`,
      ].join(" && "),
  };
}

function isStatus(text: string | undefined): text is DeploymentStatus {
  return text === "Active" || text === "Inactive";
}
