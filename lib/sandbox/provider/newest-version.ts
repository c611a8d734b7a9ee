import { type ApiClient } from "./api-client";
import { isApiObject } from "./api-path";
import { listAll } from "./paging";

/** The highest version of a configuration that was ever published; undefined where none was. */
export async function newestVersion(client: ApiClient, configurationId: string): Promise<string | undefined> {
  const versions = await listAll(client, `/api/v2/webdeployments/configurations/${configurationId}/versions`);
  const numbers = versions.filter(isApiObject).map(({ version }) => Number(version));
  const published = numbers.filter(Number.isInteger);
  return published.length === 0 ? undefined : String(Math.max(...published));
}
