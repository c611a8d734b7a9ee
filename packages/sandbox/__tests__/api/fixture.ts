import { type Hono, type MiddlewareHandler } from "hono";

import { createApp } from "../../lib/api/app";
import { CallLog } from "../../lib/cloud/call-log";
import { type SandboxEnv, Tokens } from "../../lib/cloud/context";
import { Faults } from "../../lib/faults/faults";
import { isJsonObject, type JsonObject } from "../../lib/cloud/json";
import { type Permission } from "../../lib/cloud/state";
import { Store } from "../../lib/cloud/store";

export const deploymentsPath = "/api/v2/webdeployments/deployments";
export const configurationsPath = "/api/v2/webdeployments/configurations";

/** The least that a configuration needs. */
export const plainConfiguration = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Headers;
}

/** An embedded Genesys Cloud without a socket, at an instant that the test moves. */
export class Sandbox {
  readonly store = Store.open();
  readonly calls = new CallLog();
  readonly app: Hono<SandboxEnv>;
  readonly faults: Faults;
  now = new Date("2026-01-02T03:04:05.000Z");
  private token: string | undefined;

  constructor({
    activationDelayMs = 0,
    before,
    faultSeed: seed = 1,
  }: { activationDelayMs?: number; before?: MiddlewareHandler<SandboxEnv>; faultSeed?: number } = {}) {
    this.faults = new Faults({ seed, now: () => this.now, sleep: () => Promise.resolve() });
    this.app = createApp({
      store: this.store,
      calls: this.calls,
      tokens: new Tokens(3600),
      now: () => this.now,
      region: { domain: "mypurecloud.de", environment: "prod-euc1" },
      activationDelayMs,
      faults: this.faults,
      ...(before !== undefined && { before }),
    });
  }

  /** Any request, as it is. */
  async request(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.app.request(`http://127.0.0.1${path}`, init);
    const text = await response.text();
    const json = response.headers.get("Content-Type")?.startsWith("application/json") === true;
    const body: unknown = json && text !== "" ? JSON.parse(text) : {};
    return { status: response.status, body: isJsonObject(body) ? body : { list: [] }, headers: response.headers };
  }

  /** Asks for a token. */
  async tokenFor(id: string, secret: string): Promise<Answer> {
    const basic = Buffer.from(`${id}:${secret}`).toString("base64");
    return this.request("/oauth/token", {
      method: "POST",
      headers: { Authorization: `Basic ${basic}`, "Content-Type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
  }

  /** A call of the platform API with a good token: the first client's, unless another's is given. */
  async call(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    this.token ??= textOf((await this.tokenFor("sandbox-client", "sandbox-secret")).body, "access_token");
    return this.request(path, {
      method,
      headers: {
        Authorization: `Bearer ${token ?? this.token}`,
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The token of a new client that is allowed just this. */
  async tokenWith(permissions: readonly Permission[]): Promise<string> {
    const made = await this.request("/sandbox/clients", { method: "POST", body: JSON.stringify({ permissions }) });
    const answer = await this.tokenFor(textOf(made.body, "id"), textOf(made.body, "secret"));
    return textOf(answer.body, "access_token");
  }

  /** The id of a new configuration with one published version. */
  async publishedConfiguration(content: object = plainConfiguration): Promise<string> {
    const { body } = await this.call("POST", configurationsPath, content);
    const id = textOf(body, "id");
    await this.call("POST", `${configurationsPath}/${id}/versions/draft/publish`);
    return id;
  }

  /** A new deployment, as the API answers it. */
  async deployment(settings: object = {}): Promise<JsonObject> {
    const configuration = { id: await this.publishedConfiguration() };
    const { body } = await this.call("POST", deploymentsPath, { name: "Shop", configuration, ...settings });
    return body;
  }
}

export function textOf(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`"${name}" is missing in ${JSON.stringify(body)}`);
  return value;
}

/** The members of a page. */
export function entitiesOf(body: JsonObject): readonly JsonObject[] {
  const entities = body["entities"];
  if (!Array.isArray(entities)) throw new Error(`no page: ${JSON.stringify(body)}`);
  return entities.filter(isJsonObject);
}
