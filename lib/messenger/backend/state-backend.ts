import { type TerraformBackend, type TerraformStack } from "cdktf";
import { redact } from "../../origins";
import { azurerm, type AzurermState } from "./azurerm";
import { formatProblem, PropertyCheck, type PropertyProblem } from "../property-check";
import { type BackendKind } from "./backend-kind";
import { cloud, type CloudState } from "./cloud";
import { gcs, type GcsState } from "./gcs";
import { http, type HttpState } from "./http";
import { local, type LocalState } from "./local";
import { pg, type PgState } from "./pg";
import { checkForms } from "./property-forms";
import { s3, type S3State } from "./s3";
import { defaultApplication, type StateName } from "./state-name";

interface States {
  readonly s3: S3State;
  readonly gcs: GcsState;
  readonly azurerm: AzurermState;
  readonly pg: PgState;
  readonly http: HttpState;
  readonly cloud: CloudState;
  readonly local: LocalState;
}

/**
 * Where a stack keeps its Terraform state; `type` is Terraform's own name for it. The state's name (key, prefix, schema,
 * address, workspace or file) follows from stack and environment, so one value serves every stack of an app.
 *
 * Credentials are never part of it: they would be written to `cdktf.out`. Terraform reads them from the environment when it
 * runs; each kind says which variables.
 *
 * @example
 * ```ts
 * const backend: StateBackend = { type: "s3", bucket: "acme-terraform", region: "eu-central-1" };
 * for (const environment of environments) {
 *   new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", backend });
 * }
 * ```
 */
export type StateBackend = States[keyof States];

const kinds: { readonly [Type in keyof States]: BackendKind<States[Type]> } = {
  s3,
  gcs,
  azurerm,
  pg,
  http,
  cloud,
  local,
};

/** A backend that was found right, before it is made: a construct that is made in the stack may stand in its way. */
export interface DerivedBackend {
  readonly type: string;
  /** Where the state is, as a person would write it. */
  readonly place: string;
  make(): TerraformBackend;
}

/**
 * The backend of a stack, its state's name derived.
 *
 * @throws when the properties are wrong; the message names all that is
 */
export function deriveBackend(stack: TerraformStack, environment: string, backend: StateBackend): DerivedBackend {
  const problem = notABackend(backend);
  if (problem !== undefined) throw refusal(stack, [problem]);
  const application = "application" in backend ? backend.application : undefined;
  const name = { application: application ?? defaultApplication, stack: stack.node.id, environment };
  return derive(stack, name, backend.type, backend);
}

function derive<Type extends keyof States>(
  stack: TerraformStack,
  stateName: StateName,
  type: Type,
  state: States[Type],
): DerivedBackend {
  const kind: BackendKind<States[Type]> = kinds[type];
  const check = new PropertyCheck();
  checkForms(check, state, kind);
  if (check.problems.length === 0) kind.check?.(state, check.in("backend"));
  if (check.problems.length > 0) throw refusal(stack, check.problems);
  const name = kind.nameOf(state, stateName);
  return { type, place: kind.placeOf(state, name), make: () => kind.make(stack, state, name) };
}

/** For programs that no compiler has checked: what stands there is not even one of the kinds. */
function notABackend(backend: unknown): PropertyProblem | undefined {
  const types = Object.keys(kinds);
  if (typeof backend !== "object" || backend === null || !("type" in backend)) {
    const value = typeof backend === "string" ? redact(backend) : typeof backend;
    const remedy = `write { type: "s3", bucket: "…" } or another type: ${types.join(", ")}`;
    return { property: "backend", value, message: "is no backend", remedy };
  }
  const { type } = backend;
  if (typeof type === "string" && types.includes(type)) return undefined;
  const value = typeof type === "string" ? redact(type) : typeof type;
  const remedy = `write ${types.map((one) => `"${one}"`).join(", ")}, or make the backend's construct in the stack`;
  return { property: "backend.type", value, message: "is no type of backend that is known here", remedy };
}

function refusal(stack: TerraformStack, problems: readonly PropertyProblem[]): Error {
  const lines = [
    `MessengerStack "${stack.node.path}" has a backend that cannot be used:`,
    ...problems.map(formatProblem),
  ];
  return new Error(lines.join("\n    - "));
}
