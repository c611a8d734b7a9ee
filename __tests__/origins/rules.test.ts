import { environmentKinds, type RuleId } from "../../lib/origins/rule";
import { rules } from "../../lib/origins/rules";
import { derived } from "./derived";

/** The severities that the project promises: production, staging, preview, development. */
const promised = {
  "invalid-address": ["error", "error", "error", "error"],
  "public-suffix": ["error", "error", "error", "error"],
  "unset-variable": ["error", "error", "error", "error"],
  loopback: ["error", "error", "error", "none"],
  "ip-address": ["error", "error", "error", "none"],
  "private-name": ["error", "warning", "warning", "none"],
  "unknown-suffix": ["error", "warning", "warning", "warning"],
  "plain-http": ["error", "warning", "warning", "none"],
  wildcard: ["error", "warning", "none", "none"],
  "platform-host": ["warning", "none", "none", "none"],
  "preview-host": ["error", "warning", "none", "none"],
  "shared-host": ["warning", "warning", "warning", "warning"],
  "allow-all": ["error", "warning", "warning", "warning"],
  "empty-list": ["error", "error", "error", "error"],
};

test("the rules, their order and their severities are the ones promised", () => {
  const table = rules.map(({ id, severity }) => [id, environmentKinds.map((kind) => severity[kind])]);
  expect(Object.fromEntries(table)).toEqual(promised);
  expect(rules.map(({ id }) => id)).toEqual(Object.keys(promised));
});

test("what is never right cannot be acknowledged, everything else can", () => {
  const fixed = rules.filter(({ acknowledgeable }) => !acknowledgeable).map(({ id }) => id);
  expect(fixed).toEqual(["invalid-address", "public-suffix", "empty-list"]);
});

const breaking: readonly (readonly [rule: RuleId, ...values: string[]])[] = [
  [
    "invalid-address",
    "",
    "ftp://example.com",
    "https://app:s3cret@example.com",
    "${HOST}",
    "exam ple.com",
    ".example.com",
  ],
  ["invalid-address", "https://.example.com", "a..example.com", "*..example.com", "process.env.SITE"],
  [
    "public-suffix",
    "vercel.app",
    "*.vercel.app",
    "http://netlify.app",
    "co.uk",
    "com",
    "github.io",
    "公司.cn",
    "zz.kobe.jp",
  ],
  [
    "public-suffix",
    "eu-west-1.awsapprunner.com",
    "hosted.app",
    "europe-west4.hosted.app",
    "us-east-1.elb.amazonaws.com",
  ],
  [
    "unset-variable",
    "pr-.example.com",
    "-.example.com",
    "-a.example.com",
    "pr-NaN.example.com",
    "https://null.example.com",
    "shop-null.example.com",
  ],
  ["unset-variable", "NaN.example.com", "false.example.com", "https://shop.acme."],
  ["unknown-suffix", "www.example.con", "https://shop.acme", "example.xn--zckzah", "process.example.vercel_url"],
  ["loopback", "localhost:3000", "http://localhost", "app.localhost", "127.0.0.1", "http://0x7f.1", "[::1]", "0.0.0.0"],
  [
    "loopback",
    "[::]:3000",
    "[::ffff:127.0.0.1]",
    "127.10.20.30",
    "[::ffff:7f01:203]",
    "app.lvh.me",
    "http://localtest.me:3000",
    "*.localhost",
  ],
  [
    "ip-address",
    "192.168.0.10",
    "https://203.0.113.7:8443",
    "[2001:db8::7]",
    "126.255.255.255",
    "10.0.0.0",
    "[1::1]",
    "[::10]",
    "[::ffff:10.0.0.1]",
  ],
  ["private-name", "intranet", "shop.local", "app.internal", "shop.test", "www.example", "a.invalid", "nas.home.arpa"],
  ["plain-http", "http://www.example.com", "HTTP://shop.example.com:8080/x"],
  ["wildcard", "*.example.com", "https://**.example.com"],
  [
    "platform-host",
    "shop.vercel.app",
    "shop.pages.dev",
    "shop.blogspot.com",
    "main.d1abc.amplifyapp.com",
    "x.azurewebsites.net",
  ],
  ["platform-host", "shop-abc-ew.a.run.app", "web--acme.europe-west4.hosted.app", "shop.eastus.azurecontainerapps.io"],
  ["preview-host", "shop-git-main-acme.vercel.app", "deploy-preview-7--shop.netlify.app"],
];

describe.each(environmentKinds)("in a %s environment", (kind) => {
  const column = environmentKinds.indexOf(kind);

  test.each(breaking.flatMap(([rule, ...values]) => values.map((value) => [value, rule] as const)))(
    "%j breaks %s, and no other rule adds to it",
    (value, rule) => {
      const severity = promised[rule][column];
      const { allowList, findings } = derived([value], { kind });
      const said = findings.map((finding) => ({ rule: finding.rule, severity: finding.severity }));
      expect(said).toEqual(severity === "none" ? [] : [{ rule, severity }]);
      expect(allowList.domains).toHaveLength(severity === "error" ? 0 : 1);
    },
  );

  test.each([
    "https://www.example.com",
    "https://example.com",
    "shop.example.co.uk",
    "https://münchen.example.com/",
    "shop.uk.com",
    "localhost.example.com",
    "test.example.org",
    "local.com",
    "127.0.0.1.example.com",
    "vercel.app.example.com",
    "notvercel.app",
    "https://lvh.me.example.com",
    "preview.example.com",
    "pr-7.preview.example.com",
    "notlvh.me",
    "nan.example.com",
    "https://xNaN.example.com",
    "https://www.example.com/NaN",
    "www.example.com/NaN",
    "https://www.example.com/a.b-NaN/NaN.html?x=-NaN",
    "https://www.example.com.",
  ])("%s breaks no rule", (value) => {
    expect(derived([value], { kind }).findings).toEqual([]);
  });

  test("all domains allowed is reported", () => {
    const { findings } = derived([], { kind, allowAllDomains: true });
    expect(findings).toMatchObject([{ rule: "allow-all", severity: promised["allow-all"][column], value: "" }]);
  });

  test("no address at all is refused: Genesys would block every page", () => {
    expect(derived([], { kind }).findings).toMatchObject([{ rule: "empty-list", severity: "error", value: "" }]);
  });
});

describe("a broken rule is silent where a stronger one has said it all, and only there", () => {
  test.each([
    ["http://localhost:3000", ["loopback"]],
    ["http://*.vercel.app", ["public-suffix"]],
    ["http://shop-git-main-acme.vercel.app", ["plain-http", "preview-host"]],
    ["http://10.0.0.5:3000", ["ip-address", "plain-http"]],
    ["http://intranet", ["private-name", "plain-http"]],
    ["http://*.shop.vercel.app", ["plain-http", "wildcard", "platform-host"]],
  ])("%s breaks %j", (value, expected) => {
    expect(derived([value]).findings.map(({ rule }) => rule)).toEqual(expected);
  });

  test("acknowledging the stronger one does not wake the others", () => {
    const { findings } = derived(["http://localhost:3000"], {
      acknowledge: { loopback: "a kiosk on its own machine" },
    });
    expect(findings).toMatchObject([{ rule: "loopback", acknowledged: "a kiosk on its own machine" }]);
  });
});

describe("the words", () => {
  const unset = "set the variable, or acknowledge the rule if the host is really called that";
  const unknown = "or acknowledge the rule if the name resolves where visitors are";
  const own = "serve production from your own domain, or acknowledge the rule with a reason";

  test.each([
    ["co.uk", '"co.uk" would admit every site under co.uk', 'use your own host, such as "www.yours.co.uk"'],
    [
      "vercel.app",
      '"vercel.app" would admit every site on vercel.app',
      'use your own host, such as "shop.vercel.app", or give previews their own domain',
    ],
    ["uk.com", '"uk.com" would admit every site under uk.com', 'use your own host, such as "www.yours.uk.com"'],
    ["shop.myshopify.com", '"shop.myshopify.com" is a host on a shared platform (myshopify.com)', own],
    ["shop.koyeb.app", '"shop.koyeb.app" is a host on a shared platform (koyeb.app)', own],
    [
      "www.example.con",
      '"www.example.con" ends in ".con", which is not a known top-level domain',
      `write ".com" if that is meant, ${unknown}`,
    ],
    [
      "www.example.shpo",
      '"www.example.shpo" ends in ".shpo", which is not a known top-level domain',
      `write ".shop" if that is meant, ${unknown}`,
    ],
    [
      "www.example.xyzzy",
      '"www.example.xyzzy" ends in ".xyzzy", which is not a known top-level domain',
      `correct the host, ${unknown}`,
    ],
    [
      "https://pr-NaN.example.com",
      '"https://pr-NaN.example.com" looks as if a variable in it had no value: "NaN" is a part of the host',
      unset,
    ],
    [
      "https://www.acme.",
      '"https://www.acme." looks as if a variable in it had no value: the host ends in a dot',
      unset,
    ],
    [
      "nas.home.arpa",
      '"nas.home.arpa" ends in .home.arpa, which exists only in private networks',
      "use the host that visitors open",
    ],
    [
      "intranet",
      '"intranet" is a single-label name, which exists only in private networks',
      "use the host that visitors open",
    ],
    [
      "deploy-preview-7--shop.netlify.app",
      '"deploy-preview-7--shop.netlify.app" is the host of one deploy preview on Netlify',
      "move it to the preview environment, or use a stable host",
    ],
  ])("%s", (value, message, remedy) => {
    expect(derived([value]).findings).toMatchObject([{ message, remedy }]);
  });
});

test("every message begins with the value as it was written, and has a remedy", () => {
  for (const [, ...values] of breaking) {
    for (const { message, value, remedy } of values.flatMap((each) => derived([each]).findings)) {
      expect(message.startsWith(`"${value}"`)).toBe(true);
      expect(remedy).not.toBe("");
      expect(`${message}${remedy}`).not.toMatch(/s3cret|undefined|\.$/);
    }
  }
});
