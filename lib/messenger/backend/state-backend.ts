import { type TerraformBackend, type TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import {
  anything,
  mapOf,
  nonEmpty,
  object,
  type ObjectShape,
  oneOf,
  required,
  type Shape,
  type VariantShape,
} from "../../base/shape";
import { hidden } from "../../base/problem";
import { refuseProblems } from "../../base/shape-check";
import { PropertyCheck } from "../property-check";
import { defaultApplication, segment, spell, type StateName } from "./state-name";
import { makeBackend } from "./state-store";
import { type KnownStates, type OtherState } from "./states";
import {
  application,
  type BackendArguments,
  type BackendRow,
  carriesCredentials,
  type OtherRow,
  otherTable,
  table,
} from "./table";

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
export type StateBackend = KnownStates[keyof KnownStates] | OtherState;

function shapeOf<State>(type: string, { properties, credentials }: BackendRow<State>): ObjectShape {
  const ofType = object<{ readonly type: string }>({ type: required(oneOf([type])) });
  const others = object<Omit<State, "type">>(properties);
  return {
    kind: "object",
    fields: { ...ofType.fields, ...others.fields },
    note: `set credentials for Terraform (${credentials})`,
  };
}

const otherShape = object<OtherState>({
  type: required(nonEmpty("Terraform's name of the backend")),
  application,
  arguments: required(mapOf<unknown>(anything, '{ path: "states/{stack}" }')),
});

/** What a backend must be. */
export const backendShape: Shape<StateBackend> & VariantShape = {
  kind: "variant",
  by: "type",
  of: {
    s3: shapeOf<KnownStates["s3"]>("s3", table.s3),
    gcs: shapeOf<KnownStates["gcs"]>("gcs", table.gcs),
    azurerm: shapeOf<KnownStates["azurerm"]>("azurerm", table.azurerm),
    pg: shapeOf<KnownStates["pg"]>("pg", table.pg),
    http: shapeOf<KnownStates["http"]>("http", table.http),
    cloud: shapeOf<KnownStates["cloud"]>("cloud", table.cloud),
    local: shapeOf<KnownStates["local"]>("local", table.local),
  },
  others: { shape: otherShape, mark: "arguments" },
  example: '{ type: "s3", bucket: "…" }',
};

/** A backend that was found right, before it is made: a construct that is made in the stack may stand in its way. */
export interface DerivedBackend {
  readonly type: string;
  /** Where the state is, for messages. */
  readonly place: string;
  make(): TerraformBackend;
}

/**
 * The backend of a stack, its state's name derived.
 *
 * @throws when the properties are wrong; the message names all that is
 */
export function deriveBackend(stack: TerraformStack, environment: string, backend: StateBackend): DerivedBackend {
  const check = new PropertyCheck();
  const refuse = (): void => {
    refuseProblems(`MessengerStack "${stack.node.path}" has an invalid backend`, check.problems);
  };
  check.in("backend").shape(backendShape, backend);
  refuse();
  const { application: own } = backend as { readonly application?: string };
  const name = { application: own ?? defaultApplication, stack: stack.node.id, environment };
  const { type } = backend;
  const { place, written } = isKnown(backend)
    ? deriveKnown(type as keyof KnownStates, backend, name, check.in("backend"))
    : deriveOther(backend, name, check.in("backend"));
  refuse();
  return { type, place, make: () => makeBackend(stack, type, written) };
}

/** What is written of a backend, and where its state is. */
interface Derived {
  readonly place: string;
  readonly written: BackendArguments;
}

function isKnown(backend: StateBackend): backend is KnownStates[keyof KnownStates] {
  return Object.hasOwn(table, backend.type);
}

function deriveKnown<Type extends keyof KnownStates>(
  type: Type,
  state: KnownStates[Type],
  stateName: StateName,
  check: PropertyCheck,
): Derived {
  const row: BackendRow<KnownStates[Type]> = table[type];
  const before = check.problems.length;
  checkCredentials(state, row.credentials, check);
  if (check.problems.length === before) row.check?.(state, check);
  const { property, spelling, ending = "" } = row.name;
  const given: unknown = state[property];
  const name = typeof given === "string" ? given : `${spell(stateName, spelling)}${ending}`;
  const written = row.write?.(state, name) ?? { ...state, [property]: name };
  return { place: row.place(state, name), written: { ...written, type: undefined, application: undefined } };
}

/** Stands for the stack in an argument. */
const placeholder = "{stack}";

/** What is most likely a credential in a backend that the table does not have. */
const secretName = /passw|secret|token|credential|private_key|access_key|conn_str|_auth$/;

function deriveOther({ type, arguments: given }: OtherState, stateName: StateName, check: PropertyCheck): Derived {
  const row = Object.hasOwn(otherTable, type) ? otherTable[type] : undefined;
  const { credentials = "the variables that its documentation names", required: needed = [], name } = row ?? {};
  const at = check.in("arguments");
  for (const argument of Object.keys(given)) {
    const isSecret = row === undefined ? secretName.test(argument) : row.secrets.includes(argument);
    if (isSecret) at.refuse(argument, hidden, secretRemedy(credentials));
  }
  checkCredentials(given, credentials, at);
  for (const argument of needed) {
    if (given[argument] === undefined) at.missing(argument, `the backend "${type}" requires it`);
  }
  const isNamed = JSON.stringify(given).includes(placeholder);
  const derived: BackendArguments =
    name === undefined || isNamed || given[name.argument] !== undefined
      ? given
      : { ...given, [name.argument]: nameArgument(name, stateName) };
  if (row === undefined && !isNamed) {
    check.refuse(
      "arguments",
      given,
      `expected "${placeholder}" in the argument that names the state, such as "states/${placeholder}"`,
    );
  }
  const written = withStack(derived, spell(stateName, segment)) as BackendArguments;
  return { place: `${type} ${JSON.stringify(written)}`, written };
}

function nameArgument({ spelling, ending = "", write }: OtherRow["name"], stateName: StateName): unknown {
  const name = `${spell(stateName, spelling)}${ending}`;
  return write === undefined ? name : write(name);
}

/** The value with the stack's name in the place of the placeholder, however deep. */
function withStack(value: unknown, stack: string): unknown {
  if (typeof value === "string") return value.replaceAll(placeholder, stack);
  if (Array.isArray(value)) return value.map((item: unknown) => withStack(item, stack));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withStack(item, stack)]));
}

const secretRemedy = (credentials: string): string =>
  `cdk.tf.json would hold it; set credentials for Terraform (${credentials})`;

function checkCredentials(backend: object, credentials: string, check: PropertyCheck): void {
  for (const [property, value] of Object.entries(backend) as [string, unknown][]) {
    if (typeof value !== "string" || !carriesCredentials(value)) continue;
    check.refuse(
      property,
      value,
      `expected no user or password, because cdk.tf.json would hold it; set credentials for Terraform (${credentials})`,
    );
  }
}

/** Which stack of an app keeps its state where, by the root of its tree; an app that is gone takes them along. */
const claims = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Says that the stack keeps its state there. Two that did would take turns to destroy what the other has made.
 *
 * @throws when another stack of the app has said so before
 */
export function claimState({ node: { root, path } }: TerraformStack, place: string): void {
  const claimed = claims.get(root) ?? new Map<string, string>();
  claims.set(root, claimed);
  const other = claimed.get(place);
  if (other !== undefined) {
    throw new Error(
      `MessengerStack "${path}" would store its state in the same place as "${other}" (${place}): a deploy of one would ` +
        "destroy the resources of the other.\n\n" +
        "Leave the state's name out, so that it follows from the stack, or make the environment's name a part of it.",
    );
  }
  claimed.set(place, path);
}
