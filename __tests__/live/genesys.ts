import { type Deployment } from "../../lib/genesys/deployment";
import { type AuditSubject, type Credentials, type LiveEndpoints } from "../../lib/live";
import { type ApiOptions, type RunningApi, startApi } from "../../lib/sandbox/api";
import { isJsonObject, type JsonObject } from "../../lib/sandbox/json";
import { Store } from "../../lib/sandbox/store";
import { textOf } from "../sandbox/api/fixture";
import { listOf } from "./lists";

const webDeployments = "/api/v2/webdeployments";

/** An embedded Genesys Cloud, and a person who edits things in it by hand. */
export class Genesys {
  static async start(options: Omit<ApiOptions, "store"> = {}): Promise<Genesys> {
    const store = Store.open();
    const api = await startApi({ store, ...options });
    const answer = await fetch(`${api.url}/oauth/token`, {
      method: "POST",
      headers: { authorization: basic(api.credentials) },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token: token } = (await answer.json()) as { readonly access_token: string };
    return new Genesys(store, api, token);
  }

  private constructor(
    private readonly store: Store,
    readonly api: RunningApi,
    readonly token: string,
  ) {}

  /** The organisation's endpoints, asked as its first client unless somebody else is named. */
  endpoints(credentials: Credentials | undefined = this.api.credentials): LiveEndpoints {
    const { url } = this.api;
    return { login: url, api: url, publicFiles: url, credentials };
  }

  async close(): Promise<void> {
    await this.api.close();
    this.store.close();
  }

  /** A call of the platform API that the recorded calls do not show. */
  async call(method: string, path: string, body?: object): Promise<JsonObject> {
    const answer = await fetch(`${this.api.url}${webDeployments}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    this.api.calls.clear();
    const json: unknown = text === "" ? {} : JSON.parse(text);
    return isJsonObject(json) ? json : {};
  }

  /** A configuration with one published version. */
  async configuration(): Promise<string> {
    const content = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };
    const id = textOf(await this.call("POST", "/configurations", content), "id");
    await this.publish(id);
    return id;
  }

  /** Publishes what is in the draft once more. */
  async publish(configurationId: string): Promise<void> {
    await this.call("POST", `/configurations/${configurationId}/versions/draft/publish`);
  }

  /** A deployment as Terraform makes it, and what is then to be audited. */
  async deploy(...hosts: readonly string[]): Promise<Deployed> {
    const configuration = { id: await this.configuration(), version: "1" };
    const list = listOf(...hosts);
    const settings = { name: "Shop", ...list.policy, configuration };
    const id = textOf(await this.call("POST", "/deployments", settings), "id");
    return {
      name: "production",
      derived: list,
      state: { ...settings, id, status: "Active" },
      stateConfigurationVersion: "1",
      status: "Active",
      endpoints: this.endpoints(),
    };
  }

  /** Changes a deployment as the administrator's page does: the whole object is sent. */
  async edit({ state }: Deployed, changes: object): Promise<void> {
    const { id, ...settings } = state;
    await this.call("PUT", `/deployments/${id}`, { ...settings, ...changes });
  }

  /** The calls of the platform API since the last by hand, ids written as `{id}`. */
  calls(): readonly string[] {
    return this.api.calls
      .after()
      .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")}`);
  }
}

/** A subject that was deployed. */
export type Deployed = AuditSubject & { readonly state: Deployment };

function basic({ clientId, clientSecret }: RunningApi["credentials"]): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
}
