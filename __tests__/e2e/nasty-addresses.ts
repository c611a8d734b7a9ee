import fc from "../fast-check";

const label = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zA-Z0-9_-]{1,12}$/) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        "www",
        "shop",
        "Example",
        "com",
        "COM",
        "localhost",
        "LOCAL",
        "test",
        "vercel",
        "app",
        "netlify",
        "undefined",
        "null",
        "http",
      ],
      ...[
        "xn--mnchen-3ya",
        "XN--MNCHEN-3YA",
        "xn--",
        "xn--zz",
        "xn--a-",
        "0x7f",
        "0X",
        "127",
        "256",
        "0",
        "01",
        "_acme",
        "-",
        "--",
      ],
      ...[
        "a".repeat(63),
        "a".repeat(64),
        "ex%61mple",
        "%2e",
        "münchen",
        "ß",
        "\u212a",
        "İ",
        "ſ",
        "例",
        "${VAR}",
        "<x>",
        "{{h}}",
        "a b",
      ],
    ),
  },
);

const host = fc.oneof(
  { weight: 8, arbitrary: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join(".")) },
  { weight: 2, arbitrary: fc.domain() },
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.ipV6(),
  fc.constantFrom(
    ...[
      "localhost",
      "127.0.0.1",
      "0x7f.1",
      "2130706433",
      "127.1",
      "1.2.3.4",
      "1.2.3.256",
      "[::1]",
      "[::ffff:7f00:1]",
      "lvh.me",
    ],
    ...[
      "vercel.app",
      "shop.vercel.app",
      "shop-git-main-acme.vercel.app",
      "deploy-preview-7--shop.netlify.app",
      "eastus2.azurecontainerapps.io",
    ],
    ...[`${"a".repeat(250)}.com`, Array(127).fill("a").join("."), Array(128).fill("a").join("."), ""],
  ),
);

const before = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "",
    "https://",
    "https://",
    "http://",
    "HTTPS://",
    "hTTp://",
    "httpſ://",
    "ftp://",
    "//",
    "https:",
    "https:/",
    "://",
  ],
  ...["wss://", "https://user:pa@", "user@", "mailto:", " ", "\t", "\u000b", "\u0085", "\u00a0", "\u200b", "\ufeff"],
);
const wildcard = fc.constantFrom("", "", "", "", "", "*.", "**.", ".", "*", "..", "***.");
const port = fc.constantFrom(
  "",
  "",
  "",
  "",
  ":",
  ":443",
  ":65535",
  ":65536",
  ":00080",
  ":99999999999999999999",
  ":x",
  ":-1",
  ": 80",
  ":1e2",
);
const after = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("", "", "", ".", "/", "/shop", "?q=1", "#top", "\\x") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["/a b", "/é", "/${V}", "/{{x}}", "/<x>", "..", " ", "\n", "/.env", "/.env.local", ".env", "/@x", "/:80"],
      ...["\u037e", "/\u037e", "/\u1fef", "\u0338", "/x<\u0338", "\u0000"],
    ),
  },
  fc.webPath(),
);

/** Page addresses, and what could be taken for one; half-surrogates are no text that Terraform could be given. */
export const nastyAddress = fc
  .oneof(
    { weight: 8, arbitrary: fc.tuple(before, wildcard, host, port, after).map((parts) => parts.join("")) },
    { weight: 3, arbitrary: host },
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.webUrl(),
    fc.constantFrom(
      "",
      ".env",
      ".env.production",
      "foo/.env",
      "http",
      "https://",
      "localhost:",
      "a.com:",
      "3000",
      "https://3000",
    ),
  )
  .map((text) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "?"));
