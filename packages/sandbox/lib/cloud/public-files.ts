import { Hono } from "hono";
import { type SandboxEnv } from "./context";
import { isJsonObject, type Json } from "./json";
import { type Deployment, findVersion, type OrganizationState, statusAt } from "./state";

const files = "/webdeployments/v1/deployments/:id";

/** An edit shows at once. How long the platform's own files lag behind is unknown. */
export const publicFileHeaders = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" } as const;

/** What a deployment's public files hold; undefined where there is no such file. */
export interface PublishedFiles {
  readonly domains?: object | undefined;
  readonly config?: object | undefined;
}

/**
 * The two files that a page's loader reads, for every origin and without a token. An unknown id answers 403, as
 * the platform's file server does for what is not there; what that answer's body is, and what it says to other methods
 * than GET and HEAD, is unknown.
 */
export function publicFiles(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use("/webdeployments/*", async (c, next) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") {
      return c.text("Method not allowed", 405, { Allow: "GET, HEAD" });
    }
    await next();
    for (const [name, value] of Object.entries(publicFileHeaders)) c.header(name, value);
    return undefined;
  });
  app.get(`${files}/domains.json`, (c) => {
    const deployment = c.var.store.state.deployments.get(c.req.param("id"));
    return deployment === undefined ? c.text("Forbidden", 403) : c.json(publicDomains(deployment));
  });
  app.get(`${files}/config.json`, (c) => {
    const { state } = c.var.store;
    const deployment = state.deployments.get(c.req.param("id"));
    const config = deployment && publicConfig(state, deployment, new URL(c.req.url).origin, c.var.now());
    return config === undefined ? c.text("Forbidden", 403) : c.json(config);
  });
  app.get("/webdeployments/*", (c) => c.text("Forbidden", 403));
  return app;
}

/** Both files of a deployment at that instant. */
export function readPublicFiles(
  state: Readonly<OrganizationState>,
  id: string,
  endpoint: string,
  now: Date,
): PublishedFiles {
  const deployment = state.deployments.get(id);
  if (deployment === undefined) return {};
  return { domains: publicDomains(deployment), config: publicConfig(state, deployment, endpoint, now) };
}

function publicDomains({ allowAllDomains, allowedDomains }: Deployment): object {
  return { allowAllDomains, allowedDomains };
}

/**
 * The published configuration as pages see it, with the deployment's status. Only the keys that were seen in the
 * platform's own file are there. Whose id stands in `id` is unknown (here the configuration's, as with `version`).
 */
function publicConfig(
  state: Readonly<OrganizationState>,
  deployment: Deployment,
  endpoint: string,
  now: Date,
): object | undefined {
  const { id, version } = deployment.configuration;
  const configuration = state.configurations.get(id);
  const content = configuration && findVersion(configuration, version)?.content;
  if (content === undefined) return undefined;
  const { headlessMode, languages, defaultLanguage, messenger, position, journeyEvents } = content;
  return {
    id,
    version,
    status: statusAt(deployment, now),
    headlessMode: headlessMode ?? { enabled: false },
    languages,
    defaultLanguage,
    apiEndpoint: endpoint,
    messenger,
    position,
    journeyEvents,
    auth: publicAuthentication(content["authenticationSettings"]),
  };
}

/** Whether visitors sign in; the integration that knows how stays inside. */
function publicAuthentication(settings: Json | undefined): object {
  const { enabled, allowSessionUpgrade } = isJsonObject(settings) ? settings : {};
  return { enabled: enabled ?? false, allowSessionUpgrade: allowSessionUpgrade ?? false };
}
