import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { discoverEnvironments, type Discovery } from "../../lib/codegen/discovery";
import { readRepository } from "../../lib/codegen/next-applications";
import { flatCall } from "../../lib/codegen/project-files";
import { formatFinding } from "../../lib/origins/finding";
import { testOnPosix } from "../posix";
import { project } from "../sources/project";

type Files = Readonly<Record<string, string>>;

const next = '{ "scripts": { "dev": "next dev" }, "dependencies": { "next": "16" } }';
const site = (host: string): string => `NEXT_PUBLIC_SITE_URL=https://${host}\n`;
const shop = 'envFiles(".", { variables: "NEXT_PUBLIC_SITE_URL" })';

const discovered = (root: string): Discovery => discoverEnvironments(root, readRepository(root).applications);

/** What the files of an application declare, besides the development server. */
const declared = (files: Files): Readonly<Record<string, readonly string[]>> => {
  const { environments } = discovered(project({ "package.json": next, ...files }));
  const listed = environments.map(
    ({ name, addresses }) =>
      [
        name,
        addresses
          .map((address) => (typeof address === "string" ? address : flatCall(address)))
          .filter((address) => address !== "http://localhost:3000"),
      ] as const,
  );
  return Object.fromEntries(listed.filter(([, addresses]) => addresses.length > 0));
};

test.each<[string, Files, Readonly<Record<string, readonly string[]>>]>([
  ["nothing at all", {}, {}],
  ["a file of production", { ".env.production": site("www.example.com") }, { production: [shop] }],
  ["a file of every build", { ".env": site("www.example.com") }, { production: [shop] }],
  [
    "a file of production over that of every build",
    { ".env.production": "X=1\n", ".env": site("www.example.com") },
    { production: [shop] },
  ],
  [
    "several spellings of one environment, each with its own mode",
    { ".env.PROD": site("one.example.com"), ".env.production": site("two.example.com") },
    { production: ['envFiles(".", { mode: "PROD", variables: "NEXT_PUBLIC_SITE_URL" })', shop] },
  ],
  [
    "modes of a team's own, that of production's name first",
    {
      ".env.production": site("www.example.com"),
      ".env.123": site("123.example.com"),
      ".env.pre-prod.eu": site("pre.example.com"),
      ".env.__proto__": site("proto.example.com"),
      ".env.constructor": site("constructor.example.com"),
    },
    {
      production: [shop],
      "123": ['envFiles(".", { mode: "123", variables: "NEXT_PUBLIC_SITE_URL" })'],
      ["__proto__"]: ['envFiles(".", { mode: "__proto__", variables: "NEXT_PUBLIC_SITE_URL" })'],
      constructor: ['envFiles(".", { mode: "constructor", variables: "NEXT_PUBLIC_SITE_URL" })'],
      "pre-prod-eu": ['envFiles(".", { mode: "pre-prod.eu", variables: "NEXT_PUBLIC_SITE_URL" })'],
    },
  ],
  [
    "files that no build reads",
    Object.fromEntries(
      ["local", "production.local", "example", "sample", "test", "ci", "e2e", "enc", "bak", "tmpl"].map((mode) => [
        `.env.${mode}`,
        site("www.example.com"),
      ]),
    ),
    {},
  ],
  [
    "Windows line endings and a byte order mark",
    { ".env.production": `\uFEFFA=1\r\n${site("a.example.com")}\r\n` },
    { production: [shop] },
  ],
  [
    "contexts of Netlify, over the env files",
    {
      ".env.production": site("unused.example.com"),
      "netlify.toml":
        '[context.production.environment]\nNEXT_PUBLIC_SITE_URL = "https://www.example.com"\n' +
        '[context."release/eu".environment]\nSITE_URL = "https://eu.example.com"\n' +
        '[context."feat/*".environment]\nSITE_URL = "https://feat.example.com"\n',
    },
    {
      production: ['netlifyToml("netlify.toml", { variables: "NEXT_PUBLIC_SITE_URL" })'],
      "release-eu": ['netlifyToml("netlify.toml", { context: "release/eu", variables: "SITE_URL" })'],
    },
  ],
  [
    "a file of a platform that cannot be read, which overrides nothing",
    { ".env.production": site("www.example.com"), "netlify.toml": "[build\n", "wrangler.jsonc": '{ "vars": ' },
    { production: [shop] },
  ],
  [
    "environments of env-cmd",
    {
      ".env-cmdrc": '{ "stg": { "SITE_URL": "https://s.example.com" }, "a,": { "SITE_URL": "https://a.example.com" } }',
    },
    { staging: ['envCmdrc(".env-cmdrc", "stg", { variables: "SITE_URL" })'] },
  ],
  [
    "environments of App Hosting",
    {
      "apphosting.yaml": "env:\n  - variable: SITE_URL\n    value: https://www.example.com\n",
      "apphosting.staging.yaml": "env:\n  - variable: SITE_URL\n    value: https://s.example.com\n",
      "apphosting.emulator.yaml": "env:\n  - variable: SITE_URL\n    value: https://e.example.com\n",
    },
    {
      production: ['appHosting(".", { variables: "SITE_URL" })'],
      staging: ['appHosting(".", { environment: "staging", variables: "SITE_URL" })'],
    },
  ],
  [
    "routes of Wrangler",
    { "wrangler.toml": 'routes = ["www.example.com/*"]\n[env.staging]\nroutes = ["s.example.com/*"]\n' },
    {
      production: ['wrangler("wrangler.toml")'],
      staging: ['wrangler("wrangler.toml", { environment: "staging" })'],
    },
  ],
  [
    "hosts written in next.config",
    { "next.config.mjs": 'export default { allowedDevOrigins: ["dev.example.com"] };\n' },
    { development: ['nextConfig(".")'] },
  ],
  ["an address that the rules refuse", { ".env.production": "SITE_URL=http://localhost:3000\n" }, {}],
])("declares what is admitted of %s", (_, files, environments) => {
  expect(declared(files)).toEqual(environments);
});

test("in a monorepo a platform's file overrides the env files of its own application", () => {
  const toml = '[context.production.environment]\nSITE_URL = "https://a.example.com"\n';
  const root = project({
    "package.json": '{ "workspaces": ["apps/*"] }',
    "apps/a/package.json": next,
    "apps/a/netlify.toml": toml,
    "apps/a/.env.production": "SITE_URL=https://unused.example.com\n",
    "apps/b/package.json": next,
    "apps/b/.env.production": "SITE_URL=https://b.example.com\n",
  });
  const production = discovered(root).environments.find(({ name }) => name === "production");
  expect(production?.addresses.map((each) => (typeof each === "string" ? each : flatCall(each)))).toEqual([
    'netlifyToml("apps/a/netlify.toml", { variables: "SITE_URL" })',
    'envFiles("apps/b", { variables: "SITE_URL" })',
  ]);
});

testOnPosix("an env file behind a link is read, and a folder in its place is told", () => {
  const root = project({ "package.json": next, "config/prod.env": site("www.example.com") });
  symlinkSync("config/prod.env", join(root, ".env.production"));
  expect(discovered(root).environments.map(({ name }) => name)).toEqual(["production", "development"]);
  const other = project({ "package.json": next, ".env": site("www.example.com") });
  mkdirSync(join(other, ".env.production"));
  expect(discovered(other).leftOut.map(({ finding }) => finding.rule)).toContain("unreadable-file");
});

test.each<[string, Files, readonly string[]]>([
  ["a broken netlify.toml", { "netlify.toml": "[build\n" }, ["invalid-config"]],
  ["a broken .env-cmdrc", { ".env-cmdrc": '{ "production": ' }, ["invalid-config"]],
  [".env-cmdrc as a program", { ".env-cmdrc.js": "module.exports = {}" }, ["unsupported-config"]],
  ["a broken wrangler.jsonc", { "wrangler.jsonc": '{ "routes": [' }, ["invalid-config"]],
  ["a wildcard of production", { ".env.production": "SITE_URL=*.example.com\n" }, ["wildcard"]],
  ["a variable without a value", { ".env.production": "SITE_URL=\n" }, ["empty-value"]],
])("says once why %s is left out", (_, files, rules) => {
  const { leftOut } = discovered(project({ "package.json": next, ...files }));
  expect([...new Set(leftOut.map(({ finding }) => finding.rule))]).toEqual(rules);
  expect(new Set(leftOut.map(({ finding }) => formatFinding(finding))).size).toBe(1);
});

test("variables whose names suggest a page address are named with their places, and nothing of their values", () => {
  const root = project({
    "package.json": next,
    ".env.production": "SHOP_FRONT_URL=https://shop.example.com\nDATABASE_URL=postgres://u:hunter@h/db\nTITLE=x\n",
    ".env.staging": "# of staging\nSHOP_FRONT_URL=https://s.example.com\nNEXT_PUBLIC_SITE_URL=https://x.example.com\n",
    ".env.local": "LOCAL_URL=https://l.example.com\n",
    "netlify.toml": '[build.environment]\nSTORE_HOST = "store.example.com"\n',
    ".env-cmdrc": '{ "prod": { "BRAND_DOMAIN": "brand.example.com" } }',
  });
  const { suspected } = discovered(root);
  expect(suspected).toEqual([
    { name: "BRAND_DOMAIN", places: [".env-cmdrc:1"] },
    { name: "SHOP_FRONT_URL", places: [".env.production:1", ".env.staging:2"] },
    { name: "STORE_HOST", places: ["netlify.toml:2"] },
  ]);
});

test.each<[string, Files, readonly string[]]>([
  [
    "vercel link",
    { ".vercel/project.json": '{ "projectId": "prj_1", "orgId": "team_x" }' },
    [
      'vercelProject("prj_1", { team: "team_x" })',
      'vercelProject("prj_1", { team: "team_x", environment: "preview" })',
    ],
  ],
  [
    "vercel link --repo",
    {
      ".vercel/repo.json":
        '{ "orgId": "team_x", "projects": [{ "id": "prj_1", "name": "shop", "directory": "." }, 1] }',
    },
    ['vercelProject("shop", { team: "team_x" })', 'vercelProject("shop", { team: "team_x", environment: "preview" })'],
  ],
  [
    "vercel.json alone",
    { "vercel.json": "{}" },
    [`vercelProject("the project's name")`, `vercelProject("the project's name", { environment: "preview" })`],
  ],
  ["netlify link", { ".netlify/state.json": '{ "siteId": "id-1" }' }, ['netlifySite("id-1")']],
  ["something broken", { ".vercel/project.json": "{", ".vercel/repo.json": '{ "projects": {} }' }, []],
])("the projects that only the platform knows, after %s", (_, files, calls) => {
  expect(discovered(project({ "package.json": next, ...files })).hosted.map(flatCall)).toEqual(calls);
});
