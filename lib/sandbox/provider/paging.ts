import { type ApiClient } from "./api-client";
import { type ApiObject, isApiObject } from "../../genesys/api-path";

/** Every entity of a list that pages by cursor: the next page's is the parameter `after` of `nextUri`. */
export async function listAll(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly ApiObject[]> {
  const entities: ApiObject[] = [];
  const parameters = new URLSearchParams(query);
  for (;;) {
    const answer = await client.get(parameters.size === 0 ? path : `${path}?${parameters.toString()}`);
    entities.push(...entitiesOf(answer));
    const after = cursorIn(answer["nextUri"]);
    if (after === null) return entities;
    parameters.set("after", after);
  }
}

/** The first entity that is wanted in a list that pages by number, looking at no more pages than that takes. */
export async function findInPages(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>>,
  isWanted: (entity: ApiObject) => boolean,
): Promise<ApiObject | undefined> {
  for (let number = 1; ; number++) {
    const parameters = new URLSearchParams({ ...query, pageNumber: String(number), pageSize: "100" });
    parameters.sort(); // as the genuine provider's calls are written
    const answer = await client.get(`${path}?${parameters.toString()}`);
    const found = entitiesOf(answer).find(isWanted);
    if (found !== undefined || number >= Number(answer["pageCount"] ?? 1)) return found;
  }
}

function entitiesOf({ entities }: ApiObject): readonly ApiObject[] {
  return Array.isArray(entities) ? entities.filter(isApiObject) : [];
}

/** `nextUri` is a path; only its cursor is taken from it, so that no answer can lead elsewhere. */
function cursorIn(nextUri: unknown): string | null {
  return typeof nextUri === "string" ? new URL(nextUri, "http://localhost").searchParams.get("after") : null;
}
