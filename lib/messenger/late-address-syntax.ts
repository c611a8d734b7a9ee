/**
 * What `parseAddress` accepts, as far as Terraform can tell: the same scheme, wildcard, host, port and rest, of a host that is
 * written in ASCII. Terraform has no URL parser and no punycode, so what only those could decide is refused here: other
 * characters, percent escapes, IPv6, and IPv4 in any notation but the usual one. Terraform's regular expressions are RE2,
 * which knows no look-ahead. Lower case comes after them: Terraform's makes an ASCII "i" of "İ", and a browser does not.
 */
const anAddress = "pass a host or an http(s) URL, such as https://www.example.com";
const front = "^(?:[hH][tT][tT][pP][sS]?://)?(?:[*]{1,2}[.])?";
const label = "[0-9A-Za-z_-]+";
const byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

/** The patterns that the expressions look up, and what to say of a text that they do not accept. */
export const addressSyntax = {
  address:
    "^(?:(?P<scheme>[hH][tT][tT][pP][sS]?)://)?(?P<wildcard>[*]{1,2}[.])?" +
    `(?P<host>${label}(?:[.]${label})*)[.]?(?::(?P<port>[0-9]*))?` +
    "(?:[\\\\/?#][!-;=?-~]*)?$",
  ip_address: `^(?:${byte}[.]){3}${byte}$`,
  ends_in_number: "(?:^|[.])(?:[0-9]+|0x[0-9a-f]*)$",
  env_file: "(?:^|[\\\\/])[.]env(?:[.][0-9A-Za-z_.-]+)?$",
  refused_hosts: [
    "^(?:undefined|null|nan|none|nil|false|https?)$",
    // Most of the punycode that no browser decodes; the rest is an entry that no page ever matches.
    "(?:^|[.])xn--(?:[^.]*[^0-9a-z.])?(?:[.]|$)|(?:^|[.])xn--[^.]*_",
  ],
  refused_texts: [
    "[$#][{]|[{][{]",
    // The text of a program, as `isProgramText` tells it, and a backslash behind the host, as a regular expression has it.
    `${front}[^/?#\\\\]*(?:\\\\|[?][.])`,
    `${front}[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+[.]?(?:[:/?#]|$)`,
    `${front}(?:[^/?#]*[.:-])?__[A-Za-z][0-9A-Za-z_]*__(?:[.:/?#-]|$)`,
    `${front}(?:[^/?#]*[.-])?(?:(?:process|Deno|Bun)[.]env|import[.]meta)(?:[^0-9A-Za-z_-]|$)`,
    `${front}(?:(?:window|document|globalThis|self)[.]|location[.](?:host|hostname|href|origin)(?:[.:/?#]|$))`,
    `${front}(?:req(?:uest)?[.](?:headers|nextUrl)[.]|(?:env|vars|secrets|inputs)[.][A-Z][A-Z0-9_]*(?:[.:/?#]|$))`,
  ],
  /** The most telling first; the last one is true of all. */
  problems: [
    ["^$", "is empty", "let it have a value, or leave it out (compact() leaves out empty ones)"],
    ["^[(]no text[)]$", "is no text", "pass the attribute that holds the address"],
    ["[<>]|[$%][{]|[{][{]", "holds a placeholder, which nothing has filled in", "pass the value that it stands for"],
    [
      "^(?:https?://)?(?:[*]{1,2}[.])?[.]|^(?:https?://)?[^/?#]*[.][.]",
      "has nothing in front of a dot",
      'set what was empty there, or pass "*." and the host for every subdomain',
    ],
    [
      "^[^/?#]*[^\\x00-\\x7f]|://[^/?#]*[^\\x00-\\x7f]",
      "has characters beyond ASCII, which Terraform cannot translate",
      'write the host as punycode, such as "xn--mnchen-3ya.example.com" for "münchen.example.com"',
    ],
    ["[^!-~]", "has white space or another character that no address has", "pass several addresses as a list"],
    ["^(?:[^/?#]*://)?[^/?#]*@", "holds a user or a password", "remove everything up to the @"],
    [
      "^(?:https?://)?[*.]*(?:\\[|[^/?#]*:[^/?#]*:)",
      "is an IPv6 address, which Terraform cannot bring into its one form",
      "write it out in the environment",
    ],
    ["^[0-9A-Za-z+.-]+://", "is no http(s) URL of a page", anAddress],
    ["", "is no address of a page that Terraform could read", anAddress],
  ].map(([pattern = "", problem = "", remedy = ""]) => ({ pattern, says: `${problem} (invalid-address): ${remedy}` })),
};
