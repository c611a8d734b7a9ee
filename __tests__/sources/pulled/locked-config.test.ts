import { nextConfig, nextEnvironment, nextIntlRouting, type NextConfigOptions } from "../../../lib/sources";
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
