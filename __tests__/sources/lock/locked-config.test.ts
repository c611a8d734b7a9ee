import { join } from "node:path";
import { pullLocks } from "../../../lib/pull/pull-locks";
import { nextConfig, type NextConfigOptions } from "../../../lib/sources/next-config/next-config";
import {
  nextEnvironment,
  type NextEnvironment,
  type NextEnvironmentProps,
} from "../../../lib/sources/next-environment";
import { nextIntlRouting } from "../../../lib/sources/next-config/next-intl";
import { project, reading } from "../project";

const lock = (key: string, section: string): string =>
  JSON.stringify({ about: "", version: 1, projects: { [key]: { "www.example.com": [section], pulled: [section] } } });
/** A configuration that must not run. */
const failing = "throw new Error('evaluated');";

describe("a configuration that is pulled is read from the lock file", () => {
  test.each<[string, NextConfigOptions]>([
    ["production", {}],
    ["production, mode staging", { evaluate: { mode: "staging" } }],
    ["production, files .env.a .env", { evaluate: { envFiles: [".env.a", ".env"] } }],
    ["production, of i18n.domains env.SITE", { keys: ["i18n.domains"], variables: ["SITE"] }],
  ])("in the section %s", (section, options) => {
    const root = project({
      "apps/shop/next.config.js": failing,
      "origins.lock.json": lock("nextConfig apps/shop", section),
    });
    const source = nextConfig("apps/shop", { ...options, pulled: true });
    expect(reading(source, root)).toEqual({
      addresses: ["www.example.com <- origins.lock.json:1 nextConfig apps/shop"],
      findings: [],
    });
    expect(source.evaluation?.({ root, kind: "production" })).toMatchObject({
      project: "nextConfig apps/shop",
      section,
    });
  });

  test("with a section for each set of variables, which are not shown", () => {
    const sectionOf = (SECRET: string): string | undefined =>
      nextConfig("shop", { pulled: true, evaluate: { variables: { SECRET, CI: "1" } } }).evaluation?.({
        root: ".",
        kind: "preview",
      }).section;
    expect(sectionOf("a")).toMatch(/^preview, variables CI SECRET [0-9a-f]{8}$/);
    expect(sectionOf("a")).not.toBe(sectionOf("b"));
  });

  test("or says what to run", () => {
    const root = project({ "next.config.js": failing });
    expect(reading(nextConfig(".", { pulled: true }), root).findings).toEqual([
      'error: "origins.lock.json" (origins.lock.json) does not exist (missing-file): run `npx origins pull`, and commit the file',
    ]);
  });

  test("and so is the routing of next-intl, from the lock that is named", () => {
    const root = project({ "other.lock.json": lock("nextIntlRouting routing.ts", "production") });
    const source = nextIntlRouting("routing.ts", { pulled: true, lock: "other.lock.json" });
    expect(reading(source, root).addresses).toEqual([
      "www.example.com <- other.lock.json:1 nextIntlRouting routing.ts",
    ]);
  });

  test("so that the environment tells what to evaluate, and evaluates nothing", () => {
    const root = project({ "next.config.js": failing });
    const environment = nextEnvironment("production", {
      kind: "production",
      root,
      addresses: ["www.example.com", nextConfig(".", { pulled: true })],
    }).with(nextConfig(".", { pulled: true, evaluate: { mode: "staging" } }));
    expect(environment.pulls).toEqual([]);
    expect(environment.evaluations.map(({ project: name, section }) => `${name}: ${section}`)).toEqual([
      "nextConfig .: production",
      "nextConfig .: production, mode staging",
    ]);
  });
});

describe("an environment that is pulled has the hosts of the one that evaluates", () => {
  const config = (...hosts: readonly string[]): string =>
    `export default ${JSON.stringify({ allowedDevOrigins: hosts, experimental: { serverActions: { allowedOrigins: hosts } } })};`;
  const files = {
    "a/web/next.config.mjs": config("a.example.com", "tunnel.example.com", "*-b.example.com"),
    "b/web/next.config.mjs": config("b.example.com"),
    "dev/next.config.mjs": config("localhost", "my-mac", "[::1]", "10.0.0.1", "*.dev.example.com"),
    "http/next.config.mjs": `export default { i18n: { locales: ["en"], defaultLocale: "en", domains: [{ domain: "plain.example.com", defaultLocale: "en", http: true }] } };`,
  };
  const without = { "tunnel.example.com": "a tunnel", "*-b.example.com": "branches" };
  const branches = { "*-b.example.com": "branches" };
  type Part = readonly [path: string, options?: NextConfigOptions, props?: Partial<NextEnvironmentProps>];

  test.each<[string, readonly Part[]]>([
    [
      "with entries that the first leaves out",
      [
        ["a/web", { leaveOut: without }],
        ["a/web", { leaveOut: branches }],
      ],
    ],
    [
      "with entries that the last leaves out",
      [
        ["a/web", { leaveOut: branches }],
        ["a/web", { leaveOut: without }],
      ],
    ],
    [
      "with their own roots and one lock",
      [
        ["web", { lock: "../origins.lock.json", leaveOut: branches }, { root: "a" }],
        ["web", { lock: "../origins.lock.json" }, { root: "b" }],
      ],
    ],
    ["with names of the developer's network", [["dev", {}, { kind: "development" }]]],
    ["with plain HTTP", [["http"]]],
    ["with plain HTTP that is acknowledged", [["http", {}, { acknowledge: { "plain-http": "an old shop" } }]]],
  ])("%s", async (_, parts) => {
    const folder = project(files);
    const environments = (pulled: boolean): readonly NextEnvironment[] =>
      parts.map(([path, options, { root = ".", ...props } = {}], index) =>
        nextEnvironment(`e${index}`, {
          kind: "production",
          root: join(folder, root),
          ...props,
          addresses: [nextConfig(path, pulled ? { ...options, pulled } : { ...options })],
        }),
      );
    await pullLocks([], { environment: {}, evaluations: environments(true).flatMap(({ evaluations }) => evaluations) });
    const told = ({ allowList, findings }: NextEnvironment): unknown => [
      allowList.domains,
      findings.flatMap(({ rule, severity, acknowledged }) =>
        rule === "leave-out" ? [] : [[rule, severity, acknowledged]],
      ),
    ];
    expect(environments(true).map(told)).toEqual(environments(false).map(told));
  });

  test.each(["https://.example.com", ".example.com", "a..example.com", "user@example.com"])(
    "or is not locked, where %s is not a host",
    async (host) => {
      const root = project({ "next.config.mjs": config("www.example.com", host) });
      const { evaluations } = nextEnvironment("e", {
        kind: "production",
        root,
        addresses: [nextConfig(".", { pulled: true })],
      });
      await expect(pullLocks([], { environment: {}, evaluations })).rejects.toThrow(/next\.config\.mjs/);
    },
  );
});
