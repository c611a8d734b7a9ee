import { knownSecrets } from "../base/secrets";
import { type Answer, interference, jsonOf } from "../http/answer";
import { type Http } from "../http/http";
import { type Line } from "../http/line";
import { PageCount } from "../http/pages";
import { Fields, isObject } from "./answer-fields";
import { HostingFailure } from "./hosting-failure";

/** Where a platform answers, and as whom it is asked. */
export interface HostingAccount {
  /** Without a slash at its end, such as `https://api.vercel.com`. */
  readonly api: string;
  readonly token: string;
}

/** What one call is about, for the message when it is refused. */
export interface Question {
  /** Such as `the domains of "storefront"`. */
  readonly what: string;
  /** What to do when the platform refuses the token, or the right to see it (401, 402, 403). */
  readonly refused: string;
  /** What to do when there is no such thing (404). */
  readonly missing: string;
  /** Whether somebody who may not see it goes on without it. @default false */
  readonly optional?: boolean;
}

/** An answer, and its `Link` header. */
export interface Reply {
  readonly fields: Fields;
  readonly link: string | null;
  /** Of the text that it was read from. */
  readonly length: number;
}

/** Asks one platform as one account: waits for a while when it is told to, and explains every refusal. */
export class HostingApi {
  private readonly line: Line;

  constructor(
    private readonly http: Http,
    private readonly account: HostingAccount,
  ) {
    this.line = http.line();
    knownSecrets.add(account.token);
  }

  /**
   * @returns undefined only for an optional thing that may not be seen
   * @throws HostingFailure
   */
  async get(path: string, query: Readonly<Record<string, string>>, question: Question): Promise<Reply | undefined> {
    const url = new URL(`${this.account.api}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = { authorization: `Bearer ${this.account.token}`, accept: "application/json" };
    const answer = await this.http.ask(this.line, url, { headers });
    const between = interference(answer);
    if (between !== undefined) throw new HostingFailure(between.reason);
    if (answer.outcome === "silence") throw new HostingFailure(answer.reason);
    const { status, host } = answer;
    if (status === 200) {
      const from = `${host} answers for ${question.what}`;
      return { fields: new Fields(jsonOf(answer), from), link: answer.headers.get("link"), length: answer.text.length };
    }
    if (question.optional === true && [401, 402, 403, 404].includes(status)) return undefined;
    throw new HostingFailure(this.refusal(answer, question));
  }

  /** Counts the pages of a list. */
  pages(): PageCount {
    return new PageCount(this.http);
  }

  private refusal(answer: Answer & { readonly outcome: "answer" }, { what, refused, missing }: Question): string {
    const { host, status } = answer;
    const said = this.quoted(answer);
    if (status === 404) return `${host} has nothing for ${what} (404${said}): ${missing}`;
    if ([401, 402, 403].includes(status)) return `${host} does not show ${what} (${status}${said}): ${refused}`;
    return `${host} answers ${status} for ${what}${said}`;
  }

  /** The platform's own words, on one line and shortened; secrets are masked before, because half of one would not be found. */
  private quoted(answer: Answer): string {
    const body = jsonOf(answer);
    const error = isObject(body) && isObject(body["error"]) ? body["error"] : body;
    const message = isObject(error) ? (error["message"] ?? error["code"]) : undefined;
    if (typeof message !== "string" || message.trim() === "") return "";
    const plain = knownSecrets
      .mask(message)
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim();
    return `, "${plain.length > 200 ? `${plain.slice(0, 200)}…` : plain}"`;
  }
}
