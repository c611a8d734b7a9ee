import { type ApiOptions, type RunningApi, startApi } from "../../lib/api/start";
import { isJsonObject, type JsonObject } from "../../lib/cloud/json";
import { type ProviderOptions, type RunningProvider, startProvider } from "../../lib/provider/start";
import { Store } from "../../lib/cloud/store";

/** Waits that a test can sit out, and that a busy machine does not miss. */
export const impatient: NonNullable<ProviderOptions["timing"]> = {
  deploymentActive: 1_000,
  draftActive: 1_000,
  gone: 1_000,
  badRequest: 1_000,
  notFound: 1_000,
  flowByName: 200,
  otherByName: 200,
  shortestPoll: 5,
  longestPoll: 20,
  shortestBackOff: 5,
  longestBackOff: 20,
};

export interface GenesysOptions {
  readonly api?: Omit<ApiOptions, "store">;
  readonly provider?: Partial<ProviderOptions>;
}

/** An embedded Genesys Cloud with the provider in front of it, and a person who edits things in it by hand. */
export class Genesys {
  static async start({ api: apiOptions = {}, provider: providerOptions = {} }: GenesysOptions = {}): Promise<Genesys> {
    const store = Store.open();
    const api = await startApi({ store, ...apiOptions });
    const options = { apiUrl: api.url, ...api.credentials, timing: impatient, ...providerOptions };
    return new Genesys(store, api, await startProvider(options));
  }

  private token: string | undefined;

  private constructor(
    readonly store: Store,
    readonly api: RunningApi,
    readonly provider: RunningProvider,
  ) {}

  /** The environment variables that lead Terraform and `origins` to this Genesys Cloud. */
  get environment(): Record<string, string> {
    const { hostname, port, protocol } = new URL(this.api.url);
    return {
      TF_REATTACH_PROVIDERS: this.provider.reattach,
      GENESYSCLOUD_OAUTHCLIENT_ID: this.api.credentials.clientId,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: this.api.credentials.clientSecret,
      GENESYSCLOUD_GATEWAY_HOST: hostname,
      GENESYSCLOUD_GATEWAY_PORT: port,
      GENESYSCLOUD_GATEWAY_PROTOCOL: protocol.replace(":", ""),
      GENESYS_SANDBOX_URL: this.api.url,
    };
  }

  async close(): Promise<void> {
    await this.provider.close();
    await this.api.close();
    this.store.close();
  }

  /** A call of the platform API, as the administrator's page makes it. The recorded calls do not show it. */
  async byHand(method: string, path: string, body?: object): Promise<JsonObject> {
    const token = await this.accessToken();
    const answer = await fetch(new URL(path, this.api.url), {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    this.api.calls.clear();
    const text = await answer.text();
    const json: unknown = text === "" ? {} : JSON.parse(text);
    return isJsonObject(json) ? json : {};
  }

  /** An access token of the sandbox's own OAuth client. */
  async accessToken(): Promise<string> {
    if (this.token !== undefined) return this.token;
    const { clientId, clientSecret } = this.api.credentials;
    const answer = await fetch(new URL("/oauth/token", this.api.url), {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    const { access_token: token } = (await answer.json()) as { readonly access_token: string };
    this.api.calls.clear();
    return (this.token = token);
  }

  /** Every recorded call since the last time, such as `GET /api/v2/organizations/me`. */
  takeAllCalls(): readonly string[] {
    const calls = this.api.calls.after().map(({ method, path }) => `${method} ${path}`);
    this.api.calls.clear();
    return calls;
  }

  /**
   * The recorded calls since the last time that are about web deployments, ids written as `{name}` and the path's beginning
   * left out: `PUT deployments/{id}`.
   */
  takeCalls(): readonly string[] {
    const prefix = /^(\w+) \/api\/v2\/webdeployments\//;
    return this.takeAllCalls()
      .filter((call) => prefix.test(call))
      .map((call) => call.replace(prefix, "$1 ").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}"));
  }
}
