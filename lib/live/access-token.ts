import { knownSecrets } from "../base/secrets";
import { interference, jsonOf } from "../http/answer";
import { ApiFailure, refusedCredentials } from "./api-failure";
import { type Credentials } from "./endpoints";
import { type Http } from "../http/http";
import { isObject, textIn } from "./json-fields";
import { type Line } from "../http/line";

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

  /** @throws ApiFailure when there is none to be had */
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
    if (token === undefined)
      throw new ApiFailure("malformed", `${host} answers with something that is no access token`);
    this.issued = token;
    knownSecrets.add(token);
    return token;
  }
}
