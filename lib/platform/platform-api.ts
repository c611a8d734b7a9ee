import { type Http, type Line, PageCount } from "../base/http";
import { type Answer, interference, jsonOf } from "../base/http-answer";
import { printable } from "../base/printable";
import { knownSecrets } from "../base/secrets";
import { type Deployment } from "../genesys/deployment";
import { type Credentials, type LiveEndpoints } from "./endpoints";
import { deploymentIn, isObject, type JsonObject, textIn } from "./json-fields";
import { type NoReading } from "./public-files";

/** The platform API did not give what it was asked for; the message is for people, and no secret stands in it. */
export class ApiFailure extends Error {
  constructor(
    /** `gone`: the organisation does not have it. */
    readonly outcome: NoReading["outcome"] | "gone",
    reason: string,
  ) {
    super(printable(knownSecrets.mask(reason)));
    this.name = "ApiFailure";
  }
}

/** The host refused the credentials. */
function refusedCredentials(answer: Answer, host: string, credentials: Credentials): ApiFailure {
  const remedy =
    "accessToken" in credentials
      ? "GENESYSCLOUD_ACCESS_TOKEN may have expired, or belong to another region"
      : "check GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET, and that the client belongs to this region";
  return new ApiFailure("refused", `${host} refuses the credentials${quoted(answer)}: ${remedy}`);
}

/** The API understood, and said no. */
function refusal(answer: Answer, what: string): ApiFailure {
  if (answer.outcome === "silence") return new ApiFailure("unreachable", answer.reason);
  const { host, status } = answer;
  const said = quoted(answer);
  if (status === 404) return new ApiFailure("gone", `${host} has no ${what}${said}`);
  if (status === 403) {
    const remedy = "give its role that permission";
    return new ApiFailure("refused", `${host} does not let the OAuth client read the ${what}${said}: ${remedy}`);
  }
  return new ApiFailure("refused", `${host} answers ${status} for the ${what}${said}`);
}

/** The API's own words, on one line and shortened; secrets are masked before, because half of one would not be found. */
function quoted(answer: Answer): string {
  const body = jsonOf(answer);
  if (!isObject(body)) return "";
  const message = textIn(body, "message") ?? textIn(body, "error_description") ?? textIn(body, "error");
  if (message === undefined) return "";
  const plain = knownSecrets.mask(message).replace(/\s+/g, " ").trim();
  return ` ("${plain.length > 300 ? `${plain.slice(0, 300)}…` : plain}")`;
}

/** The token that all calls of one client share: the platform counts requests by token, and each one costs a call. */
export class AccessToken {
  private readonly line: Line;
  private acquired: Promise<string> | undefined;
  /** The newest one that was given out. */
  private issued: string | undefined;

  constructor(
    private readonly http: Http,
    private readonly login: string,
    private readonly credentials: Credentials,
  ) {
    this.line = http.line();
    knownSecrets.add("accessToken" in credentials ? credentials.accessToken : credentials.clientSecret);
  }

  /** @throws ApiFailure if no token can be obtained */
  current(): Promise<string> {
    if ("accessToken" in this.credentials) return Promise.resolve(this.credentials.accessToken);
    return (this.acquired ??= this.acquire(this.credentials));
  }

  /** Another token instead of one that was refused; undefined where there can be no other. Who comes later gets the same. */
  renewed(refused: string): Promise<string | undefined> {
    if ("accessToken" in this.credentials) return Promise.resolve(undefined);
    if (this.issued === refused) {
      this.issued = undefined;
      this.acquired = undefined;
    }
    return this.current();
  }

  private async acquire(credentials: Exclude<Credentials, { readonly accessToken: string }>): Promise<string> {
    const { clientId, clientSecret } = credentials;
    const answer = await this.http.ask(this.line, new URL("/oauth/token", this.login), {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
      },
      body: "grant_type=client_credentials",
    });
    const between = interference(answer);
    if (between !== undefined) throw new ApiFailure(between.outcome, between.reason);
    const { host } = new URL(this.login);
    if (answer.outcome === "answer" && answer.status !== 200) throw refusedCredentials(answer, host, credentials);
    const body = jsonOf(answer);
    const token = isObject(body) ? textIn(body, "access_token") : undefined;
    if (token === undefined) throw new ApiFailure("malformed", `${host} answers with an invalid access token`);
    this.issued = token;
    knownSecrets.add(token);
    return token;
  }
}

const deployments = "/api/v2/webdeployments/deployments";
const configurations = "/api/v2/webdeployments/configurations";

/** How many members of a list an answer holds: the platform's own default, and the fewer calls the better. */
const pageSize = 300;

/** A configuration in the list of an organisation. */
interface ListedConfiguration {
  readonly id: string;
  readonly name: string;
}

/** Reads the platform API of one organisation as one client. What it does not get is an {@link ApiFailure}. */
export class PlatformApi {
  private readonly line: Line;
  private readonly token: AccessToken;

  constructor(
    private readonly http: Http,
    private readonly endpoints: LiveEndpoints,
    private readonly credentials: Credentials,
  ) {
    this.line = http.line();
    this.token = new AccessToken(http, endpoints.login, credentials);
  }

  /** @throws ApiFailure */
  async deployment(id: string): Promise<Deployment> {
    const found = deploymentIn(await this.get(`${deployments}/${encodeURIComponent(id)}`, `deployment "${id}"`));
    if (found === undefined) throw this.malformed(`deployment "${id}"`);
    return found;
  }

  /**
   * A deployment with everything that the API says of it.
   *
   * @throws ApiFailure
   */
  deploymentAnswer(id: string): Promise<JsonObject> {
    return this.object(`${deployments}/${encodeURIComponent(id)}`, `deployment "${id}"`);
  }

  /**
   * Empties the list of a deployment, so that no page shows it; everything else of it stays as it is.
   *
   * @throws ApiFailure
   */
  async emptyAllowList(id: string): Promise<void> {
    const answer = await this.deploymentAnswer(id);
    const body = JSON.stringify({ ...answer, allowAllDomains: false, allowedDomains: [] });
    await this.read(`${deployments}/${encodeURIComponent(id)}`, `deployment "${id}"`, { method: "PUT", body });
  }

  /**
   * A version of a configuration with everything that the API says of it: a published one by its number, or the draft.
   *
   * @throws ApiFailure
   */
  configurationVersion(id: string, version: string): Promise<JsonObject> {
    const path = `${configurations}/${encodeURIComponent(id)}/versions/${encodeURIComponent(version)}`;
    return this.object(path, `version ${version} of configuration "${id}"`);
  }

  /**
   * All deployments of the organisation, page by page: a caller that has found its item stops asking. One that is not
   * understood is left out: it may be confidential.
   */
  async *deployments(): AsyncGenerator<readonly Deployment[], void> {
    for await (const page of this.pages(deployments, "list of deployments")) {
      yield page.flatMap((entity) => deploymentIn(entity) ?? []);
    }
  }

  /** All configurations of the organisation, page by page, those without a published version too. */
  async *configurations(): AsyncGenerator<readonly ListedConfiguration[], void> {
    for await (const page of this.pages(configurations, "list of configurations")) {
      yield page.flatMap((entity) => {
        const [id, name] = [textIn(entity, "id"), textIn(entity, "name")];
        return id === undefined || name === undefined ? [] : { id, name };
      });
    }
  }

  /**
   * The newest published version of a configuration, undefined if none exists. Versions are numbered by publication;
   * the order of the list is unknown, and the draft may stand in it.
   *
   * @throws ApiFailure
   */
  async newestVersion(configurationId: string): Promise<string | undefined> {
    let newest: string | undefined;
    const path = `${configurations}/${encodeURIComponent(configurationId)}/versions`;
    for await (const page of this.pages(path, `configuration "${configurationId}"`)) {
      for (const entity of page) {
        const version = textIn(entity, "version") ?? "";
        if (/^\d+$/.test(version) && Number(version) > Number(newest ?? -1)) newest = version;
      }
    }
    return newest;
  }

  private async object(path: string, what: string): Promise<JsonObject> {
    const answer = await this.get(path, what);
    if (!isObject(answer)) throw this.malformed(what);
    return answer;
  }

  private async *pages(path: string, what: string): AsyncGenerator<readonly JsonObject[], void> {
    const seen = new Set<string>();
    const count = new PageCount(this.http);
    for (let after: string | null = null; ;) {
      const query = new URLSearchParams({ pageSize: String(pageSize), ...(after !== null && { after }) });
      const { json: answer, length } = await this.read(`${path}?${query.toString()}`, what);
      const entities = isObject(answer) ? answer["entities"] : undefined;
      if (!isObject(answer) || !Array.isArray(entities) || !entities.every(isObject)) throw this.malformed(what);
      yield entities;
      after = cursorIn(answer["nextUri"]);
      if (after === null) return;
      const endless = count.add(length);
      if (endless !== undefined) {
        throw new ApiFailure("malformed", `${this.host} returns endless pages for the ${what}: ${endless}`);
      }
      if (seen.has(after)) throw this.malformed(what); // it would never end
      seen.add(after);
    }
  }

  private async get(path: string, what: string): Promise<unknown> {
    return (await this.read(path, what)).json;
  }

  /** A token can end before its time: the client gets another one, once. */
  private async read(
    path: string,
    what: string,
    request: Pick<RequestInit, "method" | "body"> = {},
  ): Promise<{ readonly json: unknown; /** Of the text that it was read from. */ readonly length: number }> {
    const token = await this.token.current();
    let answer = await this.send(path, token, request);
    if (isUnauthorized(answer)) {
      const renewed = await this.token.renewed(token);
      if (renewed !== undefined) answer = await this.send(path, renewed, request);
      if (isUnauthorized(answer)) throw refusedCredentials(answer, this.host, this.credentials);
    }
    const between = interference(answer);
    if (between !== undefined) throw new ApiFailure(between.outcome, between.reason);
    if (answer.outcome === "silence" || answer.status !== 200) throw refusal(answer, what);
    return { json: jsonOf(answer), length: answer.text.length };
  }

  private get host(): string {
    return new URL(this.endpoints.api).host;
  }

  private send(path: string, token: string, request: Pick<RequestInit, "method" | "body">): Promise<Answer> {
    const type = request.body === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${token}`, accept: "application/json", ...type };
    return this.http.ask(this.line, new URL(path, this.endpoints.api), { ...request, headers });
  }

  private malformed(what: string): ApiFailure {
    return new ApiFailure("malformed", `${this.host} answers with an invalid ${what}`);
  }
}

function isUnauthorized(answer: Answer): boolean {
  return answer.outcome === "answer" && answer.status === 401 && interference(answer) === undefined;
}

/** Only the cursor is taken from the link, so that no answer can lead elsewhere. */
export function cursorIn(nextUri: unknown): string | null {
  return typeof nextUri === "string" && URL.canParse(nextUri, "http://localhost")
    ? new URL(nextUri, "http://localhost").searchParams.get("after")
    : null;
}
