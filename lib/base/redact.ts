import { parse } from "tldts";
import { printable } from "./printable";
import { knownSecrets } from "./secrets";

/** Longer values are cut: a pasted file must not fill a report. */
const longest = 120;

/** Printable ASCII but `#`, `%`, `?` and `@`: most values, told without looking up what Unicode says of each character. */
const harmless = /^[ -"$&->A-~]*$/;

/**
 * The value in a form that may stand in a log, a report or an error: what may be a secret is masked (user and password, also
 * those of a second URL in the path, query, fragment), what would upset a terminal is escaped (see `printable`), and what is
 * too long is cut.
 *
 * @example `redact("postgres://app:s3cret@db.example.com/shop?sslkey=1")` is `postgres://***@db.example.com/shop?…`
 */
export function redact(value: string): string {
  if (value.length <= longest && harmless.test(value)) return value;
  const plain = /@|%40/i.test(value) ? maskCredentials(value) : maskQuery(value);
  // Half of a secret would not be found in what is printed.
  return cut(printable(cut(plain.length > longest ? knownSecrets.mask(plain) : plain)));
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  // Not through the middle of a character.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Tokens travel in fragments as well as in queries. */
function maskQuery(value: string): string {
  const start = value.search(/[?#]/);
  return start === -1 || start === value.length - 1 ? value : `${value.slice(0, start + 1)}…`;
}

/**
 * Errs on the side of masking. A password that was not percent-encoded may itself hold `/`, `?`, `#` or `@`, and a query may
 * hold an `@`: where both readings are possible, what would be a secret in either of them goes.
 */
function maskCredentials(value: string): string {
  const start = /^(?:[a-z][a-z0-9+.-]*:)?[\\/]+|^/i.exec(value)?.[0].length ?? 0;
  const scheme = value.slice(0, start);
  const rest = value.slice(start);
  const authority = /^[^\\/?#]*/.exec(rest)?.[0] ?? "";
  if (/%40/i.test(authority)) return `${scheme}***`;
  const isUser = rest.includes("@") && !isHostAndPort(authority);
  return `${scheme}${isUser ? maskUser(rest) : maskBehindHost(authority, rest)}`;
}

/** A name or a bracketed address, and a port or what stands for one: neither a user nor a password is in it. */
function isHostAndPort(authority: string): boolean {
  return /^(?:\[[^\]@]*\]|[^:@]*)(?::(?:\d*|[$%{<].*))?$/.test(authority) && !authority.includes("@");
}

/** The `@` is in the path or behind it. */
function maskBehindHost(authority: string, rest: string): string {
  const masked = maskQuery(rest);
  const path = masked.slice(authority.length);
  if (/(?<![\\/])%40/i.test(path)) return /%3a/i.test(authority) ? "***" : `${authority}${path[0] ?? ""}***`;
  if (/:[\\/]|%3a(?:%2f|%5c)/i.test(path)) return `${authority}${path[0] ?? ""}***`;
  // A user's page (`/@user`), or a version in the path of a package; anything else may be a user with a slash in it.
  const lastAt = path.lastIndexOf("@");
  const isPlain = !path.includes(":") && (/^(?:[^@]|(?<=[\\/])@)*$/.test(path) || path.includes("node_modules"));
  return isPlain || lastAt === -1 ? masked : `${authority}${path[0] ?? ""}***${path.slice(lastAt)}`;
}

/** A user, and perhaps a password, stand in front. */
function maskUser(rest: string): string {
  const lastAt = rest.lastIndexOf("@");
  const query = rest.search(/[?#]/);
  const tail = rest.slice(lastAt);
  if (/%40/i.test(tail)) return "***";
  if (query === -1 || lastAt < query) return `***${maskQuery(tail)}`;
  // Behind a question mark it is a part of the query, or the end of a password with a question mark in it.
  const host = /^@([^\\/?#:]*)/.exec(tail)?.[1]?.toLowerCase() ?? "";
  const isHost = host === "localhost" || (host.includes(".") && hasPublicSuffix(host));
  return isHost && !rest.slice(0, query).includes("@") ? `***${maskQuery(tail)}` : "***";
}

/** Whether the name lies under a suffix of a registry or a platform, or is one. */
function hasPublicSuffix(host: string): boolean {
  const { isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  return isIcann === true || isPrivate === true;
}
