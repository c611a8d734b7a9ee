import { type TerraformBackend, type TerraformStack } from "cdktf";
import { type Shape, type VariantShape } from "../../base/shape";
import { refuseProblems } from "../../base/shape-check";
import { azurerm, type AzurermState } from "./azurerm";
import { PropertyCheck } from "../property-check";
import { type BackendKind } from "./backend-kind";
import { cloud, type CloudState } from "./cloud";
import { gcs, type GcsState } from "./gcs";
import { http, type HttpState } from "./http";
import { local, type LocalState } from "./local";
import { pg, type PgState } from "./pg";
import { checkCredentials, shapeOfState } from "./property-forms";
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

/** What a backend must be. */
export const backendShape: Shape<StateBackend> & VariantShape = {
  kind: "variant",
  by: "type",
  of: {
    s3: shapeOfState<S3State>("s3", s3),
    gcs: shapeOfState<GcsState>("gcs", gcs),
    azurerm: shapeOfState<AzurermState>("azurerm", azurerm),
    pg: shapeOfState<PgState>("pg", pg),
    http: shapeOfState<HttpState>("http", http),
    cloud: shapeOfState<CloudState>("cloud", cloud),
    local: shapeOfState<LocalState>("local", local),
  },
  example: '{ type: "s3", bucket: "…" }',
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
  check.in("backend").shape(backendShape, state);
  if (check.problems.length === 0) checkValues(kind, state, check.in("backend"));
  refuseProblems(`MessengerStack "${stack.node.path}" has an invalid backend`, check.problems);
  const name = kind.nameOf(state, stateName);
  return { type, place: kind.placeOf(state, name), make: () => kind.make(stack, state, name) };
}

function checkValues<State extends object>(kind: BackendKind<State>, state: State, check: PropertyCheck): void {
  checkCredentials(state, kind.credentials, check);
  if (check.problems.length === 0) kind.check?.(state, check);
}
