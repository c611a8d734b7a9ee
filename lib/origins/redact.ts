/** Longer values are cut: a pasted file must not fill a report. */
const longest = 120;

/**
 * The value in a form that may stand in a log, a report or an error: what may be a secret is masked (user and password,
 * query, fragment), what would upset a terminal is escaped, and what is too long is cut.
 *
 * @example `redact("postgres://app:s3cret@db.example.com/shop?sslkey=1")` is `postgres://***@db.example.com/shop?…`
 */
export function redact(value: string): string {
  if (value.length <= longest && !/[@?#\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value)) return value;
  const masked = maskCredentials(value)
    .replace(/\?[^#]+/s, "?…")
    .replace(/#.+/s, "#…");
  const plain = masked.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 1)}…`;
}

/**
 * Errs on the side of masking. A password that was not percent-encoded may itself hold `/`, `?`, `#` or `@`, so where the
 * value has the look of `user:password`, everything up to the last `@` goes.
 */
function maskCredentials(value: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:[\\/]*/i.exec(value)?.[0];
  const hasScheme = scheme !== undefined && (/[\\/]$/.test(scheme) || !value.slice(scheme.length).includes("@"));
  const start = hasScheme ? scheme.length : (/^[\\/]*/.exec(value)?.[0].length ?? 0);
  const rest = value.slice(start);
  const at = rest.lastIndexOf("@");
  if (at === -1) return value;
  const authority = /^[^\\/?#]*/.exec(rest)?.[0] ?? "";
  const colon = authority.indexOf(":");
  const portOnly = colon !== -1 && /^:\d*$/.test(authority.slice(colon));
  const inQuery = /^[^@]*[?#]/.test(rest);
  const secret = authority.includes("@") || (colon !== -1 && !(portOnly && inQuery));
  return secret ? `${value.slice(0, start)}***${rest.slice(at)}` : value;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
