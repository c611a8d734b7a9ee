import { types } from "node:util";
import { type DomainPolicy } from "../genesys/host-check";

/**
 * What Genesys answers when asked for a deployment's public file `domains.json`, which every page of the Messenger loads
 * before anything else. It needs no credentials.
 */
export type LiveDomainPolicy =
  | { readonly outcome: "served"; readonly policy: DomainPolicy }
  /** 403: no deployment of that id in that region (the real service never answers 404). */
  | { readonly outcome: "unknown-deployment" }
  /** Something other than Genesys answered, or Genesys answered something else. */
  | { readonly outcome: "unexpected"; readonly reason: string };

/**
 * Reads the allowed domains that visitors' browsers are judged by right now.
 *
 * @param publicFiles where the region serves its public files, such as `https://api-cdn.mypurecloud.de`
 */
export async function readDomainPolicy(publicFiles: string, deploymentId: string): Promise<LiveDomainPolicy> {
  const url = new URL(`/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}/domains.json`, publicFiles);
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    return { outcome: "unexpected", reason: `${url.host} cannot be reached (${reasonOf(error)})` };
  }
  if (response.status === 403) return { outcome: "unknown-deployment" };
  if (!response.ok) return { outcome: "unexpected", reason: `${url.host} answered ${response.status}` };
  const body: unknown = await response.json().catch(() => undefined);
  return isDomainPolicy(body)
    ? { outcome: "served", policy: { allowAllDomains: body.allowAllDomains, allowedDomains: body.allowedDomains } }
    : { outcome: "unexpected", reason: `${url.host} answered something that is no list of allowed domains` };
}

function isDomainPolicy(body: unknown): body is DomainPolicy {
  return (
    typeof body === "object" &&
    body !== null &&
    "allowAllDomains" in body &&
    typeof body.allowAllDomains === "boolean" &&
    "allowedDomains" in body &&
    Array.isArray(body.allowedDomains) &&
    body.allowedDomains.every((entry) => typeof entry === "string")
  );
}

/** `fetch` hides why it failed in the cause. */
function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  return types.isNativeError(error.cause) ? error.cause.message : error.message;
}
