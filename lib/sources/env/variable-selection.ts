import { either, type Fields, text, texts, textWhere } from "../../base/shape";
import { parseAddress, type ParsedAddress } from "../../origins/address";
import { type Finding, type Place } from "../../origins/finding";
import { isRegularExpression } from "../../origins/unexpanded-text";
import { sourceFields, type SourceOptions } from "../leave-out";
import { type EnvFileText } from "./env-expansion";

/**
 * The variables that hold the address of a Next.js application's own pages, by the conventions of well-known starters,
 * authentication libraries and Vercel. They are what `envFile` reads when no variable is named.
 *
 * Not among them: addresses of something else than pages (`NEXTAUTH_URL_INTERNAL`, `*_API_URL`, `DATABASE_URL`,
 * `NEXT_PUBLIC_SUPABASE_URL`), of other sites (`NEXT_PUBLIC_DOCS_URL`) and the domains of cookies.
 */
export const pageAddressVariables: readonly string[] = [
  // A URL.
  "NEXT_PUBLIC_SITE_URL",
  "NEXT_PUBLIC_APP_URL",
  "NEXT_PUBLIC_BASE_URL",
  "NEXT_PUBLIC_URL",
  "NEXT_PUBLIC_FRONTEND_URL",
  "NEXT_PUBLIC_SERVER_URL",
  "NEXT_PUBLIC_WEBAPP_URL",
  "NEXT_PUBLIC_WEBSITE_URL",
  "SITE_URL",
  "APP_URL",
  "BASE_URL",
  "APP_BASE_URL",
  "APP_ORIGIN",
  "NEXTAUTH_URL",
  "AUTH_URL",
  "AUTH0_BASE_URL",
  "BETTER_AUTH_URL",
  // A host, by some written with a scheme.
  "NEXT_PUBLIC_DOMAIN",
  "NEXT_PUBLIC_APP_DOMAIN",
  "NEXT_PUBLIC_APP_SHORT_DOMAIN",
  "NEXT_PUBLIC_ROOT_DOMAIN",
  "NEXT_PUBLIC_VERCEL_URL",
  "NEXT_PUBLIC_VERCEL_BRANCH_URL",
  "NEXT_PUBLIC_VERCEL_PROJECT_PRODUCTION_URL",
  "VERCEL_URL",
  "VERCEL_BRANCH_URL",
  "VERCEL_PROJECT_PRODUCTION_URL",
];

/** A part of a name that says that the variable holds an address. */
const addressName = /(?:^|_)(?:URLS?|URIS?|HOSTS?|HOSTNAMES?|DOMAINS?|ORIGINS?|SITES?|WEBSITES?)(?:_|$)/i;

/**
 * What such a variable holds the address of instead of pages, or a secret with it: a database, an API, a queue, a file store, an
 * image, a webhook, a cookie.
 */
const otherName =
  /(?:^|_)(?:API|APIS|GRAPHQL|GQL|REST|RPC|WS|WSS|SOCKETS?|WEBSOCKETS?|DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL|MONGO|MONGODB|REDIS|KV|SUPABASE|UPSTASH|TURSO|NEON|PRISMA|SHADOW|DIRECT|AMQP|RABBITMQ|KAFKA|NATS|SMTP|MAIL|EMAIL|IMAP|S3|R2|BUCKET|STORAGE|BLOB|CDN|ASSETS?|IMAGES?|MEDIA|STATIC|UPLOADS?|WEBHOOKS?|CALLBACK|REDIRECT|COOKIES?|SENTRY|DSN|OTEL|LOG|LOGS|PROXY|INTERNAL|BACKEND|SERVICE|ISSUER|JWKS?|TOKEN|SECRET|KEY|PASSWORD)(?:_|$)/i;

/** Whether a variable may hold a page address, by its name alone: one to propose, and not to read. */
export function mayHoldPageAddress(name: string): boolean {
  return addressName.test(name) && !otherName.test(name);
}

/** Where variables were looked for: what a finding about a variable that is not there says. */
export interface VariableHome {
  /** What defines variables there, the highest priority first. */
  readonly layers: readonly EnvFileText[];
  readonly place: Place;
  /** What it is called, such as `.env.production, .env`. */
  readonly shown: string;
  /** How a variable is added there, in the imperative. */
  readonly add: (name: string) => string;
  /** An example call of the source with a variable, for messages about a missing one. */
  readonly call: string;
  /**
   * Where else the platform keeps variables: a clause to end with.
   * @default nowhere
   */
  readonly elsewhere?: string;
}

/** That a variable which was named is not there. */
export function missingVariable(home: VariableHome, name: string, there: Iterable<string>): Finding {
  const { place, shown, add } = home;
  const defined = new Set(there);
  const known = pageAddressVariables.filter((candidate) => defined.has(candidate));
  const instead = known.length === 0 ? "" : `, or use one of ${known.join(", ")}`;
  return {
    rule: "missing-variable",
    severity: "error",
    value: name,
    place: { ...place, key: name },
    message: `"${name}" is not defined in ${shown}`,
    remedy: `${add(name)}${instead}${elsewhere(home)}`,
  };
}

/** More names than this help no reader. */
const mostNames = 8;

/** That none of the usual variables is there, with the names of those that look like one: never their values. */
export function noneKnown(home: VariableHome, there: Iterable<string>): Finding {
  const { place, shown, call } = home;
  const alike = [...there].filter(mayHoldPageAddress);
  const more = alike.length > mostNames ? ` and ${alike.length - mostNames} more` : "";
  const candidates = alike.length === 0 ? "" : `, such as one of these: ${alike.slice(0, mostNames).join(", ")}${more}`;
  return {
    rule: "missing-variable",
    severity: "error",
    value: "",
    place,
    message: `${shown} defines no variable that is known to hold a page address, such as NEXT_PUBLIC_SITE_URL`,
    remedy: `name the variable${candidates}: ${call}${elsewhere(home)}`,
  };
}

function elsewhere({ elsewhere: clause }: VariableHome): string {
  return clause === undefined ? "" : `; ${clause}`;
}

/** Which variables of a file hold page addresses, and how. */
export interface VariableOptions extends SourceOptions {
  /**
   * The variables to read. Each must be there.
   * @default every variable of `pageAddressVariables` that occurs
   */
  readonly variables?: string | readonly string[];
  /**
   * What stands between the addresses of a variable that holds several, such as `"|"`. White space around an address is
   * dropped, and so is an empty entry. A space stands for white space of any kind.
   * @default commas, semicolons, white space, or a JSON list of strings; a value that is an address as a whole is one address
   */
  readonly separator?: string;
}

/** The names of variables. */
export const variableNames = either<string | readonly string[]>([text, texts]);

/** What the options must be that most sources of variables have. */
export const variableFields: Fields<VariableOptions> = {
  variables: variableNames,
  separator: textWhere("what stands between two addresses", (separator) => separator !== ""),
  ...sourceFields,
};

/** Which variables are read, and what stands between the addresses in one. */
export interface VariableSelection {
  readonly variables: readonly string[] | undefined;
  readonly separator: string | undefined;
}

/** The selection that the options of a source mean. */
export function selectionOf({ variables, separator }: VariableOptions): VariableSelection {
  return { variables: typeof variables === "string" ? [variables] : variables, separator };
}

/** A part of a value that is an address or should be one. */
export interface Piece {
  readonly text: string;
  readonly parsed: ParsedAddress;
}

/** What a value holds. */
interface SplitValue {
  readonly pieces: readonly Piece[];
  /** Whether a value that is an address as a whole may hold several: see {@link mayBeSeveral}. */
  readonly isAmbiguous: boolean;
}

/** The addresses in a value, as the separator divides it; without one, as the value itself tells. Each is parsed once. */
export function splitValue(value: string, separator: string | undefined): SplitValue {
  if (separator !== undefined) {
    return { pieces: pieces(value, separator === " " ? /\s+/ : separator).map(asPiece), isAmbiguous: false };
  }
  const text = value.trim();
  const whole = asPiece(text);
  const found = pieces(text, usualSeparator);
  const divided = (): readonly Piece[] => found.map((piece) => (piece === text ? whole : asPiece(piece)));
  if (whole.parsed.ok) {
    return hasSchemes(found.slice(1))
      ? { pieces: divided(), isAmbiguous: false }
      : { pieces: [whole], isAmbiguous: mayBeSeveral(text) };
  }
  return { pieces: jsonList(text)?.map(asPiece) ?? listIn(text, found, divided) ?? [whole], isAmbiguous: false };
}

function asPiece(text: string): Piece {
  return { text, parsed: parseAddress(text) };
}

function pieces(value: string, separator: string | RegExp): readonly string[] {
  return value
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

const usualSeparator = /[\s,;]+/;

/**
 * Whether it may be that several addresses are in a value that is an address as a whole: `https://a.example/x,b.example`. One piece
 * that looks like a host is enough, although another does not, or has a mistake in it.
 */
function mayBeSeveral(value: string): boolean {
  const others = pieces(value, /[\s,;|]+/).slice(1);
  return others.some((piece) => looksWhole(piece) && /[a-z]/i.test(piece));
}

/** The pieces of a value where it is a list. */
function listIn(
  value: string,
  found: readonly string[],
  divided: () => readonly Piece[],
): readonly Piece[] | undefined {
  // The comma may be in a password.
  if (found.some((piece) => piece.includes("@") && !hasSchemes([piece]))) return undefined;
  if (!/[,;]/.test(value)) return found.every(looksWhole) ? divided() : undefined;
  if (isRegularExpression(value)) return undefined;
  const parts = divided();
  return parts.some(({ parsed }) => parsed.ok) ? parts : undefined;
}

function jsonList(value: string): readonly string[] | undefined {
  if (!value.startsWith("[") || !value.endsWith("]")) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.every((each) => typeof each === "string") ? list : undefined;
  } catch {
    return undefined; // such as `[::1]`
  }
}

function hasSchemes(found: readonly string[]): boolean {
  return found.length > 0 && found.every((piece) => /^https?:\/\//i.test(piece));
}

/** Whether a piece can be an address by itself: not a word of a sentence, and not the rest of a path. */
function looksWhole(piece: string): boolean {
  return hasSchemes([piece]) || /^(?:localhost|\[)|[^/?#]\./i.test(piece);
}
