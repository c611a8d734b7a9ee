import { type Http, type Line, PageCount } from "../base/http";
import { type Answer, interference, jsonOf } from "../base/http-answer";
import { printable } from "../base/printable";
import { knownSecrets } from "../base/secrets";
import { parseAddress } from "../origins/address";
import { compareText } from "../origins/finding";
import { isLockable, type LockedProject, lockedText } from "../sources/lock/lock-text";

/** A platform did not give what it was asked for; the message is for people, and no secret stands in it. */
export class HostingFailure extends Error {
  override readonly name = "HostingFailure";

  /** @param messages each is a line of the message */
  constructor(...messages: readonly string[]) {
    super(messages.map((message) => printable(knownSecrets.mask(message))).join("\n"));
  }
}

/** A host that a platform has, and that stays out of the lock. */
export interface LeftOut {
  readonly host: string;
  /** Why, and what to do about it where it is a mistake; to be read after the host. */
  readonly reason: string;
}

/** What was found of one project. Hosts may come in any order, and more than once. */
export class PulledHosts {
  private readonly sections = new Map<string, Set<string>>();
  private readonly reasons = new Map<string, string>();
  /** What to tell about the project as a whole. */
  readonly notes = new Set<string>();

  private isBelowOneHost = false;

  constructor(private readonly pulled: readonly string[]) {}

  /** A page address as the platform writes it: a host, or `*.host`; a scheme does not matter. */
  add(section: string, written: string): void {
    this.addLockable(section, written, lockable(written));
  }

  /** A page address as a configuration has it: that it is served over plain HTTP is for the rules to judge. */
  addAddress(section: string, written: string): void {
    const parsed = parseAddress(written);
    const text = parsed.ok ? lockedText(parsed.address) : undefined;
    this.addLockable(section, written, text !== undefined && isLockable(text) ? text : undefined);
  }

  private addLockable(section: string, written: string, host: string | undefined): void {
    if (host === undefined) {
      this.leaveOut(written, "is not a host that a lock file can contain");
      return;
    }
    const found = this.sections.get(host) ?? new Set();
    this.sections.set(host, found.add(section));
  }

  /** The one host that all previews are below: its entry admits them all. */
  addParent(section: string, host: string): void {
    this.add(section, host);
    this.isBelowOneHost = true;
    this.notes.add(`${section} hosts live under ${host}: the one entry admits them all`);
  }

  /** Whether one entry admits the previews that are pulled. */
  get hasParent(): boolean {
    return this.isBelowOneHost;
  }

  leaveOut(written: string, reason: string): void {
    this.reasons.set(lockable(written) ?? written, reason);
  }

  /** Those that no section has. */
  get leftOut(): readonly LeftOut[] {
    return [...this.reasons]
      .filter(([host]) => !this.sections.has(host))
      .map(([host, reason]) => ({ host, reason }))
      .sort((one, other) => compareText(one.host, other.host));
  }

  /** How many hosts a section has. */
  readonly count = (section: string): number =>
    [...this.sections.values()].filter((sections) => sections.has(section)).length;

  get project(): LockedProject {
    const hosts = [...this.sections].map(
      ([host, sections]) => [host, { sections: [...sections].sort(compareText) }] as const,
    );
    return { pulled: [...new Set(this.pulled)].sort(compareText), hosts: new Map(hosts) };
  }
}

function lockable(written: string): string | undefined {
  const parsed = parseAddress(written);
  if (!parsed.ok) return undefined;
  const { host, wildcard } = parsed.address;
  const text = lockedText({ host, wildcard });
  return isLockable(text) ? text : undefined;
}

/** A JSON object, of which nothing is known yet. */
type JsonObject = Readonly<Record<string, unknown>>;

function isObject(json: unknown): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/**
 * A part of an answer, with the way there: reading a field of the wrong form throws an error that names the field. What a
 * platform leaves out must not pass for "no domains".
 */
export class AnswerFields {
  constructor(
    private readonly json: unknown,
    /** What answered what, such as `api.vercel.com answers for the domains of "shop"`. */
    private readonly from: string,
    private readonly path = "",
  ) {}

  text(name: string): string {
    return this.optionalText(name) ?? this.refuse(name, "a text");
  }

  /** A string; undefined if it is missing, null or empty. */
  optionalText(name: string): string | undefined {
    const value = this.of(name);
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "string" ? value : this.refuse(name, "a text");
  }

  flag(name: string): boolean {
    const value = this.of(name);
    return typeof value === "boolean" ? value : this.refuse(name, "true or false");
  }

  number(name: string): number {
    const value = this.of(name);
    return typeof value === "number" ? value : this.refuse(name, "a number");
  }

  /** A number, or null where the list ends. */
  cursor(name: string): number | null {
    return this.of(name) === null ? null : this.number(name);
  }

  object(name: string): AnswerFields {
    return this.optionalObject(name) ?? this.refuse(name, "an object");
  }

  optionalObject(name: string): AnswerFields | undefined {
    const value = this.of(name);
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? this.below(value, name) : this.refuse(name, "an object");
  }

  has(name: string): boolean {
    return this.of(name) !== undefined;
  }

  list(name: string): readonly AnswerFields[] {
    return this.items(this.of(name), name);
  }

  /** The members of the answer itself. */
  members(): readonly AnswerFields[] {
    return this.items(this.json, "");
  }

  /** Strings; none if the list is missing. */
  texts(name: string): readonly string[] {
    const value = this.of(name) ?? [];
    if (!Array.isArray(value) || !value.every((each) => typeof each === "string")) return this.refuse(name, "texts");
    return value;
  }

  /** @throws HostingFailure that says what the field should hold */
  refuse(name: string, expected: string): never {
    const field = name === "" ? this.path : `${this.path}${this.path === "" ? "" : "."}${name}`;
    const what = field === "" ? "the answer" : `"${field}"`;
    throw new HostingFailure(`${this.from} in an unknown format: ${what} should be ${expected}`);
  }

  private of(name: string): unknown {
    return isObject(this.json) ? this.json[name] : this.refuse("", "an object");
  }

  private items(value: unknown, name: string): readonly AnswerFields[] {
    if (!Array.isArray(value)) return this.refuse(name, "a list");
    return value.map((item: unknown, index) => this.below(item, `${name}[${index}]`));
  }

  private below(json: unknown, name: string): AnswerFields {
    return new AnswerFields(json, this.from, `${this.path}${this.path === "" ? "" : "."}${name}`);
  }
}

/** Where a platform answers, and as whom it is asked. */
export interface HostingAccount {
  /** Without a slash at its end, such as `https://api.vercel.com`. */
  readonly api: string;
  readonly token: string;
}

/** What one call is about, for the message when it is refused. */
export interface HostingQuestion {
  /** Such as `the domains of "storefront"`. */
  readonly what: string;
  /** What to do when the platform refuses the token, or the right to see it (401, 402, 403). */
  readonly refused: string;
  /** What to do if it does not exist (404). */
  readonly missing: string;
  /** Whether to continue without it if the token may not see it. @default false */
  readonly optional?: boolean;
}

/** An answer, and its `Link` header. */
export interface Reply {
  readonly fields: AnswerFields;
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
  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    question: HostingQuestion,
  ): Promise<Reply | undefined> {
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
      return {
        fields: new AnswerFields(jsonOf(answer), from),
        link: answer.headers.get("link"),
        length: answer.text.length,
      };
    }
    if (question.optional === true && [401, 402, 403, 404].includes(status)) return undefined;
    throw new HostingFailure(this.refusal(answer, question));
  }

  /** Counts the pages of a list. */
  pages(): PageCount {
    return new PageCount(this.http);
  }

  private refusal(
    answer: Answer & { readonly outcome: "answer" },
    { what, refused, missing }: HostingQuestion,
  ): string {
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
