import { type DomainPolicy } from "../../genesys/host-check";
import { UserError } from "../../base/errors";

/** Where the platform API answers, and who asks. */
export interface Organization {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Edits a deployment's allowed domains as somebody would in Genesys Cloud's own pages: past Terraform. The API has no
 * partial update, so the whole deployment is read and written back.
 */
export async function editByHand(
  organization: Organization,
  deploymentId: string,
  edit: (domains: readonly string[]) => readonly string[],
): Promise<DomainPolicy> {
  const token = await accessToken(organization);
  const url = new URL(`/api/v2/webdeployments/deployments/${deploymentId}`, organization.url);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const deployment = (await answer(await fetch(url, { headers }))) as DomainPolicy;
  const body = JSON.stringify({ ...deployment, allowedDomains: edit(deployment.allowedDomains) });
  return (await answer(await fetch(url, { method: "PUT", headers, body }))) as DomainPolicy;
}

async function accessToken({ url, clientId, clientSecret }: Organization): Promise<string> {
  const response = await fetch(new URL("/oauth/token", url), {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return ((await answer(response)) as { readonly access_token: string }).access_token;
}

async function answer(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new UserError(`${response.url} answered ${response.status}: ${await response.text()}`);
}
