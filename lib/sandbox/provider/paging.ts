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

/** A page of a list that pages by number. */
export interface NumberedPage {
  readonly entities: readonly ApiObject[];
  /** Whether the answer says that no page follows. */
  readonly isLast: boolean;
}

/** The pages of a list that pages by number, for as long as the caller asks for another one. */
export async function* pagesOf(
  client: ApiClient,
  path: string,
  pageSize: number,
  query: Readonly<Record<string, string>> = {},
): AsyncGenerator<NumberedPage> {
  for (let number = 1; ; number++) {
    const parameters = new URLSearchParams({ ...query, pageNumber: String(number), pageSize: String(pageSize) });
    parameters.sort(); // as the genuine provider's calls are written
    const answer = await client.get(`${path}?${parameters.toString()}`);
    yield { entities: entitiesOf(answer), isLast: number >= Number(answer["pageCount"] ?? 1) };
  }
}

/** Every entity of a list that pages by number, read until the answer says that a page is the last one. */
export async function listPages(...list: Parameters<typeof pagesOf>): Promise<readonly ApiObject[]> {
  const all: ApiObject[] = [];
  for await (const { entities, isLast } of pagesOf(...list)) {
    all.push(...entities);
    if (isLast) break;
  }
  return all;
}

function entitiesOf({ entities }: ApiObject): readonly ApiObject[] {
  return Array.isArray(entities) ? entities.filter(isApiObject) : [];
}

/** `nextUri` is a path; only its cursor is taken from it, so that no answer can lead elsewhere. */
function cursorIn(nextUri: unknown): string | null {
  return typeof nextUri === "string" ? new URL(nextUri, "http://localhost").searchParams.get("after") : null;
}
