import { type ApiClient } from "./api-client";
import { type ApiObject, isApiObject } from "./api-path";

/** Every entity of a list that pages by cursor: the next page's is the parameter `after` of `nextUri`. */
export async function listAll(client: ApiClient, path: string): Promise<readonly ApiObject[]> {
  const entities: ApiObject[] = [];
  for (let page: string | undefined = path; page !== undefined;) {
    const { entities: found, nextUri } = await client.get(page);
    if (Array.isArray(found)) entities.push(...found.filter(isApiObject));
    page = typeof nextUri === "string" && nextUri !== "" ? nextUri : undefined;
  }
  return entities;
}
