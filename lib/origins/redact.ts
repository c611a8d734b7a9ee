/** Longer values are cut: a pasted file must not fill a report. */
const longest = 120;

/** Printable ASCII but `#`, `?` and `@`: most values, told without looking up what Unicode says of each character. */
const harmless = /^[ -"$->A-~]*$/;

/** What a terminal shows as it is, the ellipsis of a masked query included. */
const visible = /^[ -~…]*$/;

/**
 * The value in a form that may stand in a log, a report or an error: what may be a secret is masked (user and password,
 * query, fragment), what would upset a terminal is escaped, and what is too long is cut.
 *
 * @example `redact("postgres://app:s3cret@db.example.com/shop?sslkey=1")` is `postgres://***@db.example.com/shop?…`
 */
export function redact(value: string): string {
  if (value.length <= longest && harmless.test(value)) return value;
  const masked = maskQuery(value.includes("@") ? maskCredentials(value) : value);
  const plain = visible.test(masked) ? masked : masked.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}

/** Tokens travel in fragments as well as in queries. */
function maskQuery(value: string): string {
  const start = value.search(/[?#]/);
  return start === -1 || start === value.length - 1 ? value : `${value.slice(0, start + 1)}…`;
}

/**
 * Errs on the side of masking. A password that was not percent-encoded may itself hold `/`, `?`, `#` or `@`, so where the
 * value has the look of `user:password`, everything up to the last `@` goes.
 */
function maskCredentials(value: string): string {
  const start = /^(?:[a-z][a-z0-9+.-]*:)?[\\/]+|^/i.exec(value)?.[0].length ?? 0;
  const rest = value.slice(start);
  const authority = /^[^\\/?#]*/.exec(rest)?.[0] ?? "";
  const colon = authority.indexOf(":");
  const portThenQuery = /^\d*$/.test(authority.slice(colon + 1)) && /^[^@]*[?#]/.test(rest);
  const secret = authority.includes("@") || (colon !== -1 && !portThenQuery);
  return secret ? `${value.slice(0, start)}***${rest.slice(rest.lastIndexOf("@"))}` : value;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
