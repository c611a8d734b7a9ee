import { type ApiClient } from "./api-client";
import { listAll } from "./paging";

/** The versions of a configuration that were ever published, the newest last. The draft is none of them. */
export async function publishedVersions(client: ApiClient, configurationId: string): Promise<readonly string[]> {
  const versions = await listAll(client, `/api/v2/webdeployments/configurations/${configurationId}/versions`);
  const numbers = versions.map(({ version }) => Number(version)).filter(Number.isInteger);
  return numbers.sort((one, other) => one - other).map(String);
}
