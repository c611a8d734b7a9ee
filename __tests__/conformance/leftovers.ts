import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject } from "../../packages/sandbox/lib/cloud/json";
import { type Workspace } from "../e2e/terraform";
import { type Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { type Names } from "./names";
import { type Kind, type Leftovers } from "./scenario";

export const kinds: readonly Kind[] = ["configuration", "deployment"];
export const typeOf = (kind: Kind): string => `genesyscloud_webdeployments_${kind}`;

/** What the state, Genesys Cloud and the outputs have of what a step expects: equal to that when nothing differs. */
export async function leftoversOf(
  expected: Leftovers,
  { workspace, genesys, names }: { readonly workspace: Workspace; readonly genesys: Genesys; readonly names: Names },
): Promise<Leftovers> {
  const state: Partial<Record<Kind, object | null>> = {};
  const live: Partial<Record<Kind, object | null>> = {};
  for (const kind of kinds) {
    const [remembered, shown] = [expected.state?.[kind], expected.live?.[kind]];
    if (remembered !== undefined) state[kind] = part(withoutZeroes(attributesOf(workspace, kind)), remembered);
    if (shown !== undefined) live[kind] = part(await liveObject(genesys, kind, names.idOf(kind)), shown);
  }
  return names.forIds({
    ...(expected.state !== undefined && { state }),
    ...(expected.live !== undefined && { live }),
    ...(expected.outputs !== undefined && { outputs: outputsOf(workspace, expected.outputs) }),
  });
}

/** What a step expects, in the form that {@link leftoversOf} answers. */
export function expectedLeftovers({ state, live, outputs }: Leftovers): Leftovers {
  return {
    ...(state !== undefined && { state: withoutZeroes(state) }),
    ...(live !== undefined && { live }),
    ...(outputs !== undefined && { outputs: withoutZeroes(outputs) }),
  };
}

/** The attributes of a resource in the state; null where it has none. */
export function attributesOf(workspace: Workspace, kind: Kind): JsonObject | null {
  return existsSync(stateFile(workspace))
    ? ((workspace.attributes(typeOf(kind)) as JsonObject | undefined) ?? null)
    : null;
}

function outputsOf(workspace: Workspace, expected: Readonly<Record<string, object>>): Readonly<Record<string, object>> {
  const { outputs } = JSON.parse(readFileSync(stateFile(workspace), "utf8")) as {
    readonly outputs: Readonly<Record<string, { readonly value: object }>>;
  };
  return part(
    withoutZeroes(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))),
    expected,
  );
}

/** The deployment, or the newest published version of the configuration, as the API answers it. */
async function liveObject(genesys: Genesys, kind: Kind, id = ""): Promise<JsonObject | null> {
  const { configurations, deployments } = genesys.store.state;
  const path = `/api/v2/webdeployments/${kind}s/${id}`;
  if (kind === "deployment") return deployments.has(id) ? genesys.byHand("GET", path) : null;
  const published = configurations.get(id)?.published.at(-1);
  return published === undefined ? null : genesys.byHand("GET", `${path}/versions/${published.version}`);
}

/** Of an object what another one has, at any depth; what is missing is null. */
function part<Value>(of: Value, wanted: unknown): Value {
  return partOf(of, wanted) as Value;
}

function partOf(of: unknown, wanted: unknown): unknown {
  if (Array.isArray(of) && Array.isArray(wanted)) return of.map((each, index) => partOf(each, wanted[index]));
  if (!isObject(of) || !isObject(wanted)) return of;
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, partOf(of[key] ?? null, wanted[key])]));
}

/** Terraform's SDK does not tell one nothing from another, so null stands for all of them, at any depth. */
function withoutZeroes<Value>(value: Value): Value {
  return zeroless(value) as Value;
}

function zeroless(value: unknown): unknown {
  if (value === "" || value === false || value === 0) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(zeroless);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, zeroless(each)]))
    : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stateFile({ folder }: Workspace): string {
  return join(folder, "terraform.tfstate");
}
