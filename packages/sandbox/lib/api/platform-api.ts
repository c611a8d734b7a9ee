import { Hono } from "hono";
import { type Context } from "hono";

import { isJsonObject, type JsonObject } from "../cloud/json";
import { type OAuthClient } from "../cloud/state";
import { ApiError, badRequest, notFound, type Route, type SandboxEnv } from "../cloud/context";
import { catalogRoutes, organizationRoutes } from "./catalog-routes";
import { configurationRoutes } from "./configuration-routes";
import { deploymentRoutes } from "./deployment-routes";

/** Every operation of the platform API that the sandbox has. */
export const routes: readonly Route[] = [
  ...organizationRoutes,
  ...catalogRoutes,
  ...configurationRoutes,
  ...deploymentRoutes,
];

/** The platform API (`/api/v2`): token, permission and body are checked here, the rest is the route's. */
export function platformApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>();
  for (const route of routes) {
    api.on(route.method, route.path, async (c) => {
      const client = authenticate(c);
      authorize(client, route);
      const body = await readBody(c);
      const { store, region, activationDelayMs, now, settling } = c.var;
      const { pathname, searchParams } = new URL(c.req.url);
      const answer = route.handle({
        store,
        state: store.state,
        param: (name) => c.req.param(name) ?? "",
        path: pathname,
        query: searchParams,
        body,
        stamp: { now: now(), user: client.userId, activationDelayMs, settling },
        region,
      });
      // Nothing that was answered may be lost: the file first, then the answer.
      await store.saved();
      return answer === undefined ? c.body(null, 204) : c.json(answer);
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    api.all(path, (c) => {
      c.header("Allow", allowed.join(", "));
      const message = `method ${c.req.method} not allowed for ${c.req.path}: expected ${allowed.join(", ")}`;
      throw new ApiError(405, "method.not.allowed", message);
    });
  }
  api.all("/api/*", (c) => {
    throw notFound(`the sandbox does not support ${c.req.method} ${c.req.path}`);
  });
  return api;
}

/** The client that the request's token was issued to. */
function authenticate(c: Context<SandboxEnv>): OAuthClient {
  const token = /^bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (token === undefined) {
    throw new ApiError(401, "authentication.required", "the request has no bearer token in its Authorization header");
  }
  const grant = c.var.tokens.check(token, c.var.now());
  const client = grant && c.var.store.state.clients.get(grant.clientId);
  if (client === undefined) throw new ApiError(401, "bad.credentials", "unknown access token");
  c.var.call.client = client.id;
  if (grant?.expired === true) {
    throw new ApiError(401, "credentials.expired", "the access token has expired: request a new one");
  }
  return client;
}

function authorize({ id, permissions }: OAuthClient, { permission }: Route): void {
  if (permission === undefined || permissions === "all" || permissions.includes(permission)) return;
  throw new ApiError(403, "missing.any.permissions", `the OAuth client "${id}" lacks the permission [${permission}]`, [
    { errorCode: "missing.any.permissions", fieldName: permission },
  ]);
}

/** The body as a JSON object; an empty one where nothing was sent. */
async function readBody(c: Context<SandboxEnv>): Promise<JsonObject> {
  if (c.req.method === "GET" || c.req.method === "HEAD" || c.req.method === "DELETE") return {};
  const text = await c.req.text();
  if (text === "") return {};
  const type = c.req.header("Content-Type");
  if (!/^application\/json\b/i.test(type ?? "")) {
    throw new ApiError(
      415,
      "unsupported.media.type",
      `invalid Content-Type "${type ?? ""}": expected application/json`,
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw badRequest(`the body is not valid JSON:  ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isJsonObject(body)) throw badRequest("the body must be a JSON object");
  c.var.call.body = body;
  return body;
}
