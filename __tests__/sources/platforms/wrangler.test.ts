import { nextEnvironment } from "../../../lib/sources/next-environment";
import { wrangler } from "../../../lib/sources/platforms/wrangler";
import { project, reading } from "../project";

const toml = `name = "shop"
main = ".open-next/worker.js"
routes = [
  "shop.example.com/*",
  { pattern = "www.example.com", custom_domain = true },
]

[vars]
SITE_URL = "https://shop.example.com"
TOKEN = "s3cr3t"

[[env.staging.routes]]
pattern = "staging.example.com/shop/*"
zone_name = "example.com"

[env.staging.vars]
ADMIN_URL = "https://admin.staging.example.com"

[env.preview]
route = "preview.example.com/*"

[env.bare]
workers_dev = true
routes = []
`;
const root = (): string => project({ "wrangler.toml": toml });

test("routes and custom domains are read, with their lines", () => {
  expect(reading(wrangler("wrangler.toml"), root())).toEqual({
    addresses: ["shop.example.com/* <- wrangler.toml:4 routes", "www.example.com <- wrangler.toml:5 routes"],
    findings: [],
  });
});

test("what counts of them is the host", () => {
  const addresses = [wrangler("wrangler.toml"), wrangler("wrangler.toml", { environment: "staging" })];
  const { allowList, findings } = nextEnvironment("all", { kind: "production", addresses, root: root() });
  expect(allowList.domains).toEqual(["shop.example.com", "staging.example.com", "www.example.com"]);
  expect(findings).toEqual([]);
});

describe("an environment", () => {
  test("has its own routes, a list of tables too", () => {
    expect(reading(wrangler(".", { environment: "staging" }), root()).addresses).toEqual([
      "staging.example.com/shop/* <- wrangler.toml:13 routes",
    ]);
  });

  test("inherits the routes of the top level", () => {
    const inherits = project({ "wrangler.toml": 'route = "www.example.com"\n[env.staging]\n' });
    expect(reading(wrangler(".", { environment: "staging" }), inherits)).toEqual({
      addresses: ["www.example.com <- wrangler.toml:1 route"],
      findings: [],
    });
  });

  test("has no use for a separate route where it inherits routes, as Wrangler has it", () => {
    expect(reading(wrangler(".", { environment: "preview" }), root())).toEqual({
      addresses: ["shop.example.com/* <- wrangler.toml:4 routes", "www.example.com <- wrangler.toml:5 routes"],
      findings: [
        'warning: "route" (wrangler.toml:20 route) is ignored, because Wrangler uses "routes", even an inherited one ' +
          '(overruled-route): write it as "routes"',
      ],
    });
  });

  test("that wants none says so with an empty list", () => {
    expect(reading(wrangler(".", { environment: "bare" }), root())).toEqual({
      addresses: [],
      findings: [
        'warning: "wrangler.toml" (wrangler.toml:22) names no route, so the Worker is at its *.workers.dev host, which is not in ' +
          "it (missing-key): write the host out in the list of addresses, or name a variable that holds it",
      ],
    });
  });

  test("that is not there would be the top level for Wrangler, and is a mistake here", () => {
    expect(reading(wrangler(".", { environment: "production" }), root()).findings).toEqual([
      'error: "production" (wrangler.toml:12) is not an environment of wrangler.toml, so Wrangler would deploy the top level ' +
        "(missing-environment): add it as env.production, or use one of staging, preview, bare",
    ]);
  });
});

describe("the variables that are named", () => {
  test("are read beside the routes", () => {
    expect(reading(wrangler(".", { variables: "SITE_URL" }), root()).addresses).toEqual([
      "shop.example.com/* <- wrangler.toml:4 routes",
      "www.example.com <- wrangler.toml:5 routes",
      "https://shop.example.com <- wrangler.toml:9 SITE_URL",
    ]);
  });

  test("are not inherited", () => {
    const { findings } = reading(wrangler(".", { environment: "staging", variables: "SITE_URL" }), root());
    expect(findings).toEqual([
      'error: "SITE_URL" (wrangler.toml:16 SITE_URL) is not defined in env.staging.vars of wrangler.toml (missing-variable): ' +
        "add SITE_URL to env.staging.vars, which inherits nothing from the top level",
    ]);
  });

  test("are enough without any route, and what is not text is refused", () => {
    const vars = project({ "wrangler.json": '{"vars": {"A": "a.example.com", "B": {"c": 1}}}' });
    expect(reading(wrangler(".", { variables: ["A", "B"] }), vars)).toEqual({
      addresses: ["a.example.com <- wrangler.json:1 A"],
      findings: [expect.stringContaining('"B" (wrangler.json:1 B) is a table, but a string is expected')],
    });
  });
});

describe("a pattern", () => {
  const read = (pattern: string, more = ""): ReturnType<typeof reading> =>
    reading(wrangler("wrangler.json"), project({ "wrangler.json": `{"routes": [{"pattern": "${pattern}"${more}}]}` }));

  test.each([
    ["example.com", "example.com"],
    ["example.com/*", "example.com"],
    ["example.com/shop*", "example.com"],
    ["example.com:8443/*", "example.com"],
    ["https://Example.com/*", "example.com"],
    ["*.example.com/*", "example.com"],
    ["https://*.shop.example.com/images/*", "shop.example.com"],
    ["bücher.example.com/*", "xn--bcher-kva.example.com"],
  ])("stands for a host: %s", (pattern, domain) => {
    const source = project({ "wrangler.json": JSON.stringify({ routes: [pattern] }) });
    const environment = nextEnvironment("all", { kind: "preview", addresses: [wrangler(".")], root: source });
    expect(environment.allowList.domains).toEqual([domain]);
    expect(environment.findings).toEqual([]);
  });

  test("for plain HTTP, and one with a wildcard, are for the rules to judge", () => {
    const routes = ["http://example.com/*", "*.example.com/*"];
    const source = project({ "wrangler.json": JSON.stringify({ routes }) });
    const environment = nextEnvironment("all", { kind: "production", addresses: [wrangler(".")], root: source });
    expect(environment.findings.map(({ rule }) => rule).sort()).toEqual(["plain-http", "wildcard"]);
  });

  test.each([
    ["*example.com/*", "", 'matches every host that ends in "example.com", including one such as "myexample.com"'],
    ["https://*example.com/*", "", 'matches every host that ends in "example.com"'],
    ["*/*", "", "matches every host of the zone"],
    ["*", "", "matches every host of the zone"],
    ["shop.*.example.com/*", "", "has a wildcard inside, which Cloudflare refuses"],
    ["*.shop-*.example.com/*", "", "has a wildcard inside, which Cloudflare refuses"],
    ["example.com/*", ', "custom_domain": true', "is not a valid custom domain: Wrangler expects only a host"],
    ["*.example.com", ', "custom_domain": true', "is not a valid custom domain"],
  ])("that no allowed domain expresses is refused: %s", (pattern, more, reason) => {
    const { addresses, findings } = read(pattern, more);
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(/^error: .*\(wrangler\.json:1 routes\).*\(unsupported-pattern\)/)]);
    expect(findings[0]).toContain(reason);
  });

  test.each([
    '{"routes": "example.com"}',
    '{"routes": [1]}',
    '{"route": {"zone_name": "x"}}',
    '{"routes": [{"pattern": []}]}',
  ])("of the wrong form is refused: %s", (json) => {
    const { findings } = reading(wrangler("."), project({ "wrangler.json": json }));
    expect(findings).toEqual([expect.stringContaining("contains an invalid route (invalid-config)")]);
  });

  test("that is empty, or null, is not there", () => {
    const json = '{"route": "", "routes": null, "workers_dev": false}';
    expect(reading(wrangler("."), project({ "wrangler.json": json })).findings).toEqual([
      expect.stringContaining("names no route, and workers_dev is false (missing-key)"),
    ]);
  });
});

describe("a file", () => {
  test("may be JSON with comments, and commas after the last value", () => {
    const jsonc = `\uFEFF// for jsonc too
{
  "$schema": "node_modules/wrangler/config-schema.json", /* a schema // of wrangler's */
  "routes": [
    { "pattern": "www.example.com", "custom_domain": true }, // the shop
  ],
  "env": { "staging": { "route": { "pattern": "staging.example.com/*" }, "routes": null } },
}`;
    const both = project({ "wrangler.jsonc": jsonc });
    expect(reading(wrangler("."), both).addresses).toEqual(["www.example.com <- wrangler.jsonc:5 routes"]);
  });

  test("of a folder is the first one that Wrangler finds", () => {
    const routes = (host: string): string => JSON.stringify({ route: host });
    const all = { "wrangler.toml": 'route = "c.example.com"', "wrangler.jsonc": routes("b.example.com") };
    expect(reading(wrangler("."), project(all)).addresses).toEqual(["b.example.com <- wrangler.jsonc:1 route"]);
    const withJson = project({ ...all, "wrangler.json": routes("a.example.com") });
    expect(reading(wrangler("."), withJson).addresses).toEqual(["a.example.com <- wrangler.json:1 route"]);
    expect(reading(wrangler("x"), project({ "x/y": "" })).findings).toEqual([
      expect.stringContaining('"x" (x) holds no wrangler.json, wrangler.jsonc, wrangler.toml (missing-file)'),
    ]);
  });

  test("of a Pages project has no domains", () => {
    const pages = project({ "wrangler.toml": 'pages_build_output_dir = "dist"' });
    expect(reading(wrangler("."), pages).findings).toEqual([
      expect.stringContaining("names no route: the domains of a Pages project are not in it (missing-key)"),
    ]);
  });

  test("that is not well-formed is refused with the line", () => {
    expect(reading(wrangler("."), project({ "wrangler.jsonc": '{\n  "a": 1\n  "b": 2\n}' })).findings).toEqual([
      expect.stringContaining('"wrangler.jsonc" (wrangler.jsonc:3) is not valid JSONC'),
    ]);
    expect(reading(wrangler("."), project({ "wrangler.toml": "a = 1\nb =\n" })).findings).toEqual([
      expect.stringContaining('"wrangler.toml" (wrangler.toml:2) is not valid TOML'),
    ]);
  });
});

test.each([
  ["no file", () => wrangler(""), 'Invalid path "": expected a file, such as "wrangler.jsonc"'],
  [
    "no environment",
    () => wrangler(".", { environment: "" }),
    'Invalid environment "": expected the name of an environment',
  ],
  [
    "an empty separator",
    () => wrangler(".", { separator: "" }),
    'Invalid separator "": expected what stands between two addresses',
  ],
])("a call that cannot be meant is refused: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
