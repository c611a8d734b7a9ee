import { type Handler } from "hono";

import { type OAuthClient } from "../cloud/state";
import { type SandboxEnv } from "../cloud/context";

/**
 * `POST /oauth/token`: client credentials by HTTP Basic, and nothing else. The error bodies are the login service's own
 * (`error`, `description`, `error_description`), not the API's; the statuses are those of RFC 6749, section 5.2.
 */
export const issueToken: Handler<SandboxEnv> = async (c) => {
  const { store, tokens, now } = c.var;
  const refuse = (status: 400 | 401, error: string, description: string): Response => {
    if (status === 401) c.header("WWW-Authenticate", `Basic realm="sandbox"`);
    return c.json({ error, description, error_description: description }, status);
  };
  const form = new URLSearchParams(await c.req.text());
  const grantType = form.get("grant_type");
  if (grantType === null) return refuse(400, "invalid_request", "grant_type is missing");
  if (grantType !== "client_credentials") {
    return refuse(400, "unsupported_grant_type", `grant_type "${grantType}" is not client_credentials`);
  }
  const credentials = basicCredentials(c.req.header("Authorization"));
  if (credentials === undefined) return refuse(400, "invalid_request", "HTTP Basic client credentials are missing");
  const client: OAuthClient | undefined = store.state.clients.get(credentials.id);
  if (client?.secret !== credentials.secret) return refuse(401, "invalid_client", "authentication failed");
  c.var.call.client = client.id;
  return c.json(tokens.issue(client, now()));
};

/** RFC 7617; a client may percent-encode both parts (RFC 6749, section 2.3.1), which changes nothing about a UUID. */
function basicCredentials(header: string | undefined): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^basic +(\S+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  return colon === -1 ? undefined : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
