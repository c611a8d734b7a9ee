import { randomUUID } from "node:crypto";

import { Hono } from "hono";

import { faultRoutes, type Faults } from "../faults/faults";
import { isJsonObject, type Json, type JsonObject } from "../cloud/json";
import { isPermission, type OAuthClient, permissions, type OrganizationState } from "../cloud/state";
import { sandboxCredentials } from "../../../../lib/genesys/sandbox-state";
import { type SandboxEnv } from "../cloud/context";

/**
 * The sandbox's control plane, which Genesys Cloud does not have. JSON in, JSON out, no token; only for programs on this
 * machine (see {@link ownRequest}).
 *
 * | request | what it does |
 * |---|---|
 * | `GET /sandbox/calls?after=<n>` | the calls of the platform API after the nth: `{ last, calls: [{ n, method, path, status, faults, client, body }] }` |
 * | `DELETE /sandbox/calls` | forgets the calls; the numbering goes on |
 * | `GET /sandbox/state` | everything remembered, secrets of OAuth clients left out |
 * | `POST /sandbox/reset` | a fresh organisation, no calls and no faults |
 * | `GET /sandbox/faults` | what goes wrong on purpose: `{ seed, faults: [{ id, text, kind, …, met, struck }] }` |
 * | `POST /sandbox/faults` | `{ text: "503 on POST deployments first=2" }` or the same as data, `{ kind, … }`: one more fault |
 * | `DELETE /sandbox/faults`, `…/faults/<id>` | withdraws all of them, or one |
 * | `POST /sandbox/clients` | `{ id?, secret?, permissions? }`: an OAuth client; permissions are `"all"` or a list |
 * | `POST /sandbox/flows` | `{ id?, name, type? }`: a flow; the type is `inboundshortmessage` unless said |
 * | `POST /sandbox/integrations` | `{ id?, name }` |
 * | `POST /sandbox/knowledgebases` | `{ id?, name, coreLanguage? }`; the language is `en-US` unless said |
 * | `POST /sandbox/supportedcontent` | `{ id?, name }` |
 *
 * What is posted with an id that is there already replaces it. The answer is the record, status 201; a body that makes no
 * sense is answered 400 with `{ message }`.
 */
export function controlPlane(faults: Faults): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.use("/*", async (c, next) => {
    if (!ownRequest(c.req.url, c.req.header("Origin"))) {
      return c.json(
        { message: "the sandbox's control plane only accepts requests from programs on this machine" },
        403,
      );
    }
    await next();
    return undefined;
  });
  app.get("/calls", (c) => {
    const after = Number(c.req.query("after") ?? 0);
    if (!Number.isSafeInteger(after))
      return c.json({ message: `"after" must be an integer: the number of a call` }, 400);
    return c.json({ last: c.var.calls.last, calls: c.var.calls.after(after) });
  });
  app.delete("/calls", (c) => {
    c.var.calls.clear();
    return c.body(null, 204);
  });
  app.get("/state", (c) => c.json(dump(c.var.store.state)));
  app.post("/reset", async (c) => {
    c.var.store.reset();
    c.var.calls.clear();
    faults.clear();
    await c.var.store.saved();
    return c.body(null, 204);
  });
  app.route("/faults", faultRoutes(faults));
  for (const [collection, make] of Object.entries(makers)) {
    app.post(`/${collection}`, async (c) => {
      let record: object;
      try {
        const body: unknown = JSON.parse((await c.req.text()) || "{}");
        if (!isJsonObject(body)) throw new Error("the body must be a JSON object");
        record = c.var.store.change((state) => make(state, body));
      } catch (error) {
        return c.json({ message: error instanceof Error ? error.message : String(error) }, 400);
      }
      await c.var.store.saved();
      return c.json(record, 201);
    });
  }
  app.all("/*", (c) =>
    c.json({ message: `the sandbox's control plane does not support ${c.req.method} ${c.req.path}` }, 404),
  );
  return app;
}

/**
 * Whether a request comes from a program of this machine rather than from a web page in a browser: a
 * name that was re-pointed to 127.0.0.1 shows in `Host`, and a page of another origin in `Origin`.
 */
function ownRequest(url: string, origin: string | undefined): boolean {
  const { protocol, host, hostname } = new URL(url);
  if (hostname !== "127.0.0.1" && hostname !== "localhost") return false;
  return origin === undefined || origin === `${protocol}//${host}`;
}

/** What can be posted, by the path's last part. */
const makers: Readonly<Record<string, (state: OrganizationState, body: JsonObject) => object>> = {
  clients: (state, body) => {
    const id = text(body, "id", randomUUID());
    if (id === sandboxCredentials.clientId) throw new Error(`"${id}" is the sandbox's own client: choose another id`);
    return put(state.clients, {
      id,
      secret: text(body, "secret", randomUUID()),
      userId: randomUUID(),
      permissions: permissionsFrom(body["permissions"] ?? "all"),
    });
  },
  flows: (state, body) => {
    const type = text(body, "type", "inboundshortmessage").toLowerCase();
    return put(state.flows, { id: text(body, "id", randomUUID()), name: text(body, "name"), type });
  },
  integrations: (state, body) =>
    put(state.integrations, { id: text(body, "id", randomUUID()), name: text(body, "name") }),
  knowledgebases: (state, body) => {
    const coreLanguage = text(body, "coreLanguage", "en-US");
    return put(state.knowledgeBases, { id: text(body, "id", randomUUID()), name: text(body, "name"), coreLanguage });
  },
  supportedcontent: (state, body) =>
    put(state.supportedContent, { id: text(body, "id", randomUUID()), name: text(body, "name") }),
};

function permissionsFrom(given: Json): OAuthClient["permissions"] {
  if (given === "all") return given;
  if (Array.isArray(given) && given.every(isPermission)) return given;
  throw new Error(`"permissions" must be "all" or a list of ${permissions.join(", ")}`);
}

function put<Member extends { readonly id: string }>(members: Map<string, Member>, member: Member): Member {
  members.set(member.id, member);
  return member;
}

function text(body: JsonObject, name: string, otherwise?: string): string {
  const value = body[name] ?? otherwise;
  if (typeof value !== "string" || value === "") throw new Error(`"${name}" must be a non-empty string`);
  return value;
}

function dump(state: Readonly<OrganizationState>): object {
  const records = Object.entries(state).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Map ? [...value.values()] : value,
  ]);
  const clients = [...state.clients.values()].map(({ id, userId, permissions: allowed }) => ({
    id,
    userId,
    permissions: allowed,
  }));
  return { ...(Object.fromEntries(records) as object), clients };
}
