import { type Context } from "hono";

import { type SandboxEnv } from "../api/environment";
import { isJsonObject } from "../json";

/**
 * What a call is about, told without ids, which differ from run to run: `PUT /api/v2/webdeployments/deployments/Shop`. A
 * call that creates something names it by its body, so that deployments that are created at once are told apart.
 */
export async function callName(c: Context<SandboxEnv>): Promise<string> {
  const { configurations, deployments } = c.var.store.state;
  const path = c.req.path.replace(/[\da-f]{8}-[\da-f-]{27}/g, (id) => {
    const name = deployments.get(id)?.name ?? configurations.get(id)?.draft.content["name"];
    return typeof name === "string" ? name : "{id}";
  });
  return `${c.req.method} ${path}${c.req.method === "POST" ? await nameInBody(c) : ""}`;
}

async function nameInBody(c: Context<SandboxEnv>): Promise<string> {
  try {
    const body: unknown = JSON.parse(await c.req.text());
    return isJsonObject(body) && typeof body["name"] === "string" ? ` ${body["name"]}` : "";
  } catch {
    return "";
  }
}
