/**
 * The notation of calls, and the rules by which two providers that do the same may differ in what the API sees.
 *
 * 1. Calls are named as in `PUT deployments/{deployment}`: without `/api/v2/` and `webdeployments/`, ids by name, the parameters
 *    of a query in alphabetical order and without those that are empty.
 * 2. What a provider does to get ready is left out (tokens, the organisation, its products): how often depends on how many
 *    clients it pools and how often Terraform starts it.
 * 3. `GET … until Active` and `until 404` stand for one call or more: how often someone looks is a matter of timing.
 * 4. `… again and again` stands for two calls or more: retried until the time for it is over.
 * 5. `3 × GET …` stands for three calls, and a call without any of these for one.
 *
 * Nothing else may differ. The order counts: each scenario has at most resources that depend on one another, so Terraform
 * has nothing to do in parallel.
 */
interface ExpectedCall {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

const prelude = new Set(["POST /oauth/token", "GET organizations/me", "GET authorization/products"]);

/** Rule 1: the name of a call whose path may have ids and a query. */
export function nameOf(method: string, path: string, names: ReadonlyMap<string, string>): string {
  const { pathname, searchParams } = new URL(path, "http://api.invalid");
  const resource = pathname.replace(/^\/api\/v2\/(webdeployments\/)?/, "");
  const query = [...searchParams].filter(([, value]) => value !== "").sort(([a], [b]) => (a < b ? -1 : 1));
  const parameters = query.map(([name, value]) => `${name}=${value}`).join("&");
  return `${method} ${named(resource, names)}${parameters === "" ? "" : `?${parameters}`}`;
}

/** A text with the ids in it replaced by their names. */
export function named(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(uuid, (id) => names.get(id) ?? id);
}

/** Rule 2. */
export function withoutPrelude(calls: readonly string[]): readonly string[] {
  return calls.filter((call) => !prelude.has(call));
}

/**
 * Rules 3 to 5: the calls that were seen, written as the expected ones as far as they are the same, so that the two are equal
 * exactly when nothing differs.
 */
export function asExpected(seen: readonly string[], expected: readonly string[]): readonly string[] {
  const told: string[] = [];
  let at = 0;
  for (const notation of expected) {
    const { name, least, most } = parse(notation);
    let count = 0;
    while (count < most && seen[at + count] === name) count++;
    if (count < least) break;
    told.push(notation);
    at += count;
  }
  return [...told, ...seen.slice(at)];
}

function parse(notation: string): ExpectedCall {
  const [, times, name = "", repetition] =
    /^(?:(\d+) × )?([A-Z]+ \S.*?)(?: (until Active|until 404|again and again))?$/.exec(notation) ?? [];
  if (name === "" || (times !== undefined && repetition !== undefined)) {
    throw new Error(`"${notation}" is not a call: write one such as "2 × GET deployments/{deployment}"`);
  }
  if (repetition !== undefined) return { name, least: repetition === "again and again" ? 2 : 1, most: Infinity };
  return { name, least: Number(times ?? 1), most: Number(times ?? 1) };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
