import { relative } from "node:path";
import { type AuditSubject, type DeclaredDeployment } from "../audit/audit";
import { type Drift } from "../audit/drift";
import { type DeploymentStatus } from "../genesys/deployment";
import { type AllowList } from "../origins/allow-list";
import { type LiveEndpoints } from "../platform/endpoints";
import { pasted } from "../terraform/binary";
import { configurationType, type DeclaredMessenger, deploymentType } from "../terraform/declared-messengers";
import { killedRun } from "../terraform/local-state";
import { keptArguments, type PendingChange, pendingChanges } from "../terraform/pending-changes";
import {
  type RememberedConfiguration,
  rememberedConfigurationId,
  rememberedDeployment,
  type RememberedDeployment,
  rememberedDeploymentIds,
} from "../terraform/remembered-deployment";
import { type SynthesizedStack } from "../terraform/stacks";
import { type State } from "../terraform/state";

/**
 * What the next plan changes of a Messenger whatever is live, as an audit reports it.
 *
 * @param terraform the beginning of a command, such as `terraform -chdir=cdktf.out/stacks/production`
 */
export function pendingDrifts(
  stack: SynthesizedStack,
  state: State,
  messenger: Pick<KnownMessenger, "declared" | "derived">,
  terraform: string,
): readonly Drift[] {
  const { declared } = messenger;
  // What the whole stack has beside its Messengers is told once.
  const isFirst = stack.messengers.every(({ address }) => address >= declared.address);
  return pendingChanges(stack, state, declared)
    .filter(({ kind }) => isFirst || (kind !== "undeclared" && kind !== "resource-missing"))
    .flatMap((change) => driftOf(change, state, messenger, terraform) ?? []);
}

function driftOf(
  change: PendingChange,
  state: State,
  { declared, derived }: Pick<KnownMessenger, "declared" | "derived">,
  terraform: string,
): Drift | undefined {
  switch (change.kind) {
    case "tainted":
      return { kind: "tainted", mendedBy: "repair", message: taintedWords(change.address, state, declared) };
    case "configuration-missing":
      return missingConfiguration(change.address, state, declared, terraform);
    case "moved":
      return undeployed(`"${change.from}" becomes "${change.to}" in Terraform's state: nothing changes for visitors`);
    case "arguments": {
      // What is live decides about these, and the audit compares it with the program.
      const compared = derived === undefined ? ["status"] : ["status", "allowed_domains"];
      const isDeployment = change.address.startsWith(`${deploymentType}.`);
      const names = change.names.filter((name) => !isDeployment || !compared.includes(name));
      if (names.length === 0) return undefined;
      const what = isDeployment ? "the deployment" : "the configuration";
      return undeployed(`the program sets other values for ${what} than the last deploy (${names.join(", ")})`);
    }
    case "undeclared": {
      const { address, id, isReleased } = change;
      const what = `Terraform's state has "${address}"${id === "" ? "" : ` ("${id}")`}, which the program does not declare`;
      if (isReleased) return undeployed(`${what}: the next deploy releases it without changing it`);
      if (![deploymentType, configurationType].some((type) => address.includes(`${type}.`))) {
        return undeployed(`${what}: the next deploy destroys it (with --auto-approve only if --allow-destroy is set)`);
      }
      const message =
        `${what}: Terraform would destroy it, so origins deploy refuses to run. If it was renamed, renamedFrom("<its previous id>") keeps ` +
        'it; if it should stay unchanged, new ReleasedMessenger(stack, "<its previous id>") releases it';
      return { kind: "undeployed-change", mendedBy: "person", message };
    }
    case "resource-missing":
      return undeployed(`Terraform's state does not have "${change.address}", which the program declares`);
    case "outputs-changed":
      return undeployed(
        `the program sets other values for outputs of the stack than the last deploy (${change.names.join(", ")})`,
      );
    case "outputs-removed":
      return undeployed(`the state has outputs that the program does not declare (${change.names.join(", ")})`);
    case "outputs-missing":
      return undeployed(
        `the state lacks outputs of the stack (${change.names.join(", ")}), because an apply was cut short or they are new`,
      );
  }
}

/** What an audit says of what the provider keeps although the program leaves it out. */
interface KeptWords {
  readonly drifts: readonly Drift[];
  readonly notes: readonly string[];
}

/**
 * A block that the program leaves out should not be there, so one that the provider keeps is a drift. A single value that the program
 * leaves out is left to Genesys: its default cannot be told from what an earlier program or a person set.
 */
export function keptWords(stack: SynthesizedStack, state: State, declared: DeclaredMessenger): KeptWords {
  const kept = keptArguments(stack, state, declared);
  const blocks = kept.filter(({ value }) => typeof value === "object").map(({ name }) => name);
  const values = kept.filter(({ value }) => typeof value !== "object");
  const message =
    `Genesys has blocks that the program omits (${blocks.join(", ")}): the provider keeps such a block, so no plan removes it. Declare ` +
    "it with the intended values, or remove the block around it, deploy, and add that block again";
  return {
    drifts: blocks.length === 0 ? [] : [{ kind: "undeployed-change", mendedBy: "person", message }],
    notes: values.map(
      ({ name, value }) =>
        `Genesys has ${name} = ${JSON.stringify(value)}, which the program omits: it stays so until the program declares it`,
    ),
  };
}

function undeployed(message: string): Drift {
  return { kind: "undeployed-change", mendedBy: "deploy", message: `not deployed yet: ${message}` };
}

function taintedWords(address: string, state: State, declared: DeclaredMessenger): string {
  if (address.startsWith(`${deploymentType}.`)) {
    return unfinishedWords({ remembered: rememberedDeployment(state, declared) });
  }
  return (
    `Terraform's state marks "${address}" as tainted, because its creation was cut short, so that Terraform alone would replace the ` +
    "configuration that pages show"
  );
}

function missingConfiguration(address: string, state: State, declared: DeclaredMessenger, terraform: string): Drift {
  const id = rememberedDeployment(state, declared)?.deployment.configuration.id ?? "";
  const live = `Terraform's state has the deployment, but not its configuration "${id}"`;
  const message =
    declared.configurationImportId === undefined
      ? `${live}: a deploy creates another configuration, which pages then show. To keep the current one: ${terraform} import ${address} ${id}`
      : `${live}: the next deploy imports "${declared.configurationImportId}"`;
  return { kind: "configuration-missing", mendedBy: "deploy", message };
}

/** What to do about a deployment whose creation was cut short, where this run can do nothing. */
export function unfinishedWords({ remembered }: Pick<KnownMessenger, "remembered">): string {
  const id = remembered?.deployment.id ?? "";
  return (
    `the creation of the deployment "${id}" was cut short, so that Terraform alone would replace it. ` +
    "Run origins deploy: it waits until the deployment is Active, and keeps it"
  );
}

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
interface AuditSurroundings {
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
  const terraform = `${pasted(program)} -chdir=${pasted(pathTo(stack.folder))}`;
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

/** A path that holds where the command is pasted: what runs in the folder of the stack itself was started elsewhere. */
function pathTo(folder: string): string {
  const path = relative("", folder);
  return path === "" ? folder : path;
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
