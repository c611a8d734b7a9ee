import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nextConfig, type NextConfigOptions } from "../../../lib/sources/next-config/next-config";
import { type EnvironmentKind } from "../../../lib/origins/rule";
import { project, reading } from "../project";
import { someOf } from "../../in-full";

/** The findings about a configuration, by rule, severity and value. */
function findings(
  text: string,
  options: NextConfigOptions = {},
  files: Readonly<Record<string, string>> = {},
  kind: EnvironmentKind = "production",
): readonly string[] {
  const root = project({ "next.config.mjs": text, ...files });
  return nextConfig(".", options)
    .read({ root, kind })
    .findings.filter(({ rule }) => rule !== "missing-key")
    .map(({ rule, severity, value, place }) => `${severity} ${rule} ${value} ${place?.line ?? ""}`.trim());
}

const hosts = (expression: string): string =>
  `export default { experimental: { serverActions: { allowedOrigins: ${expression} } } };`;

describe("a variable that the configuration reads and that is not set is reported", () => {
  test.each(
    someOf<readonly [string, string, readonly string[]]>(
      [
        ["read by its name", hosts(`process.env.A ? ["a.example"] : ["b.example"]`), ["A"]],
        ["with a default", hosts(`[process.env.A ?? "b.example"]`), ["A"]],
        [
          "in brackets, and by a callback",
          hosts(`["A", "B"].map((name) => process.env[name] ?? "x.example")`),
          ["A", "B"],
        ],
        ["taken apart", `const { A = "a.example", B: b } = process.env;\n${hosts("[A]")}`, ["A", "B"]],
        ["asked whether it is there", hosts(`"A" in process.env ? [] : ["b.example"]`), ["A"]],
        ["as a separate property", hosts(`Object.hasOwn(process.env, "A") ? [] : ["b.example"]`), ["A"]],
        [
          "by a separate function",
          `const get = (env, name) => env[name] ?? "b.example";\n${hosts(`[get(process.env, "A")]`)}`,
          ["A"],
        ],
        ["through Reflect", hosts(`[Reflect.get(process.env, "A") ?? "b.example"]`), ["A"]],
        ["assigned where it is missing", `process.env.A ||= "a.example";\n${hosts("[process.env.A]")}`, ["A"]],
        [
          "in a function of the phase",
          `export default (phase) => ({ allowedDevOrigins: [process.env.A ?? phase] });`,
          ["A"],
        ],
        [
          "imported from node:process",
          `import { env } from "node:process";\n${hosts(`[env.A ?? "b.example"]`)}`,
          ["A"],
        ],
        [
          "of a process under another name",
          `const { process: own } = globalThis;\n${hosts(`[own.env.A ?? "b.example"]`)}`,
          ["A"],
        ],
        ["in another file", `import { a } from "./other.mjs";\n${hosts("[a]")}`, ["A"]],
      ],
      (_, index) => index % 3 === 0,
    ),
  )("%s", (_, text, names) => {
    const other = { "other.mjs": `export const a = process.env.A ?? "a.example";` };
    expect(findings(text, {}, other).map((each) => each.replace(/ \d+$/, ""))).toEqual(
      names.map((name) => `warning unset-variable ${name}`),
    );
    expect(findings(text, { evaluate: { unset: names } }, other)).toEqual([]);
  });

  test("with its name, who reads it, which files lack it and what to write", () => {
    const files = { "other.mjs": `\nexport const a = process.env.A ?? "a.example";`, ".env": "B=1\n" };
    const text = `import { a } from "./other.mjs";\n${hosts("[a, process.env.CONTEXT].filter(Boolean)")}`;
    expect(reading(nextConfig("."), project({ "next.config.mjs": text, ...files })).findings).toEqual([
      'warning: "A" (other.mjs:2) is read but not set: .env.production and .env do not define it (unset-variable): define it in ' +
        '.env.production, or write { evaluate: { variables: { A: "…" } } }; if it is unset on purpose, write { evaluate: { unset: ["A"] } }',
      'error: "CONTEXT" (next.config.mjs:2) is read but not set: Netlify sets it, and .env.production and .env do not define it ' +
        '(unset-variable): write { evaluate: { variables: { CONTEXT: "production" } } }; if it is unset on purpose, write { evaluate: { unset: ["CONTEXT"] } }',
    ]);
  });

  test("unless it is set, removed by the program itself, or one of Next.js's own", () => {
    const text = `delete process.env.A;\n${hosts(`[process.env.A, process.env.B, process.env.NODE_ENV, process.env.NEXT_RUNTIME, process.env.TURBOPACK, process.env.__NEXT_PRIVATE].filter(Boolean)`)}`;
    expect(findings(text, {}, { ".env": "A=a.example\nB=b.example\n" })).toEqual([]);
  });

  test("but not what Node.js and packages read", () => {
    const files = {
      "node_modules/reader/package.json": `{ "name": "reader", "type": "module", "exports": "./index.js" }`,
      "node_modules/reader/index.js": `export const read = (names) => names.map((name) => process.env[name] ?? "p.example");\nexport const call = (f) => f();`,
    };
    const text = (list: string): string =>
      `import { call, read } from "reader";\nawait fetch("http://127.0.0.1:9/").catch(() => undefined);\n${hosts(list)}`;
    expect(findings(text(`read(["A", "JEST_WORKER_ID"])`), {}, files)).toEqual([]);
    // What a package calls back is the application's own again.
    expect(findings(text(`[call(() => process.env.A ?? "a.example")]`), {}, files)).toEqual([
      "warning unset-variable A 3",
    ]);
  });

  /** A package that reads what it is handed, as those that validate variables do. */
  const schema = {
    "node_modules/schema/package.json": `{ "name": "schema", "type": "module", "exports": "./index.js" }`,
    "node_modules/schema/index.js": `
      const own = process.env;
      export const parse = (defaults, env) => Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, env[key] ?? value]));
      export const later = async (defaults, env) => (await null, parse(defaults, env));
      export const isThere = (env, name) => Object.hasOwn(env, name);
      export const copy = (env) => ({ ...env });
      export const fill = (env, values) => { for (const key of Object.keys(values)) if (!(key in env)) env[key] = values[key]; };
      export const ownOnes = () => [own.A, { ...process.env }];`,
  };
  const imported = `import { copy, fill, isThere, later, ownOnes, parse } from "schema";\nimport { execFileSync } from "node:child_process";\n`;

  test.each([
    ["with a default of a schema", `parse({ A: "a.example", VERCEL_ENV: "preview" }, process.env).A`],
    ["when the call has returned", `(await later({ A: "a.example", VERCEL_ENV: "preview" }, process.env)).A`],
    [
      "asked whether they are there",
      `["A", "VERCEL_ENV"].filter((name) => isThere(process.env, name)).length + ".example"`,
    ],
    [
      "of a variable that holds them",
      `((env) => parse({ A: "a.example", VERCEL_ENV: "preview" }, env).A)(globalThis.process.env)`,
    ],
  ])("and what a package reads in the variables that it is handed: %s", (_, expression) => {
    const found = findings(`${imported}${hosts(`[${expression}]`)}`, {}, schema).map((each) =>
      each.replace(/ \d*$/, ""),
    );
    expect(found).toEqual(["warning unset-variable A", "error unset-variable VERCEL_ENV"]);
  });

  test("and a copy that a package makes of them", () => {
    expect(
      findings(`${imported}const all = copy(process.env);\n${hosts(`[all.A ?? "a.example"]`)}`, {}, schema),
    ).toEqual(["warning unset-variable next.config.mjs 3"]);
  });

  test.each([
    ["what a package sets where it is missing", `fill(process.env, { A: "a.example" });`, "process.env.A"],
    ["what a package reads by itself", "ownOnes();", `"a.example"`],
    [
      "what Node.js hands to a process",
      `execFileSync(process.execPath, ["-p", "1"], { env: process.env });`,
      `"a.example"`,
    ],
  ])("but not %s", (_, statement, host) => {
    expect(findings(`${imported}${statement}\n${hosts(`[${host}]`)}`, {}, schema)).toEqual([]);
  });

  test.each([
    ["a copy", "const all = { ...process.env };"],
    ["its names", "const all = Object.keys(process.env);"],
    ["the rest", "const { NODE_ENV, ...all } = process.env;"],
    ["a loop", "for (const name in process.env) void name;"],
    ["Object.assign", "Object.assign({}, process.env);"],
  ])("and %s of all variables, for it cannot be told which are missed", (_, text) => {
    expect(findings(`${text}\n${hosts(`["a.example"]`)}`)).toEqual(["warning unset-variable next.config.mjs 1"]);
    expect(findings(`${text}\n${hosts(`["a.example"]`)}`, { evaluate: { unset: ["*"] } })).toEqual([]);
  });
});

describe("a variable of a hosting platform is an error", () => {
  test.each([
    "VERCEL",
    "VERCEL_ENV",
    "VERCEL_URL",
    "VERCEL_BRANCH_URL",
    "VERCEL_TARGET_ENV",
    "VERCEL_GIT_COMMIT_REF",
    "NEXT_PUBLIC_VERCEL_ENV",
    "CONTEXT",
    "NETLIFY",
    "URL",
    "DEPLOY_URL",
    "DEPLOY_PRIME_URL",
    "BRANCH",
    "CF_PAGES",
    "CF_PAGES_BRANCH",
    "CF_PAGES_URL",
    "WORKERS_CI_BRANCH",
    "AWS_BRANCH",
    "AWS_APP_ID",
    "AWS_PULL_REQUEST_ID",
    "RENDER_EXTERNAL_URL",
    "RAILWAY_PUBLIC_DOMAIN",
    "K_SERVICE",
    "WEBSITE_HOSTNAME",
    "HEROKU_APP_NAME",
    "FLY_APP_NAME",
  ])("%s", (name) => {
    const text = hosts(`process.env.${name} === "production" ? ["live.example"] : ["staging.example"]`);
    expect(findings(text)).toEqual([`error unset-variable ${name} 1`]);
    expect(findings(text, { evaluate: { variables: { [name]: "production" } } })).toEqual([]);
    expect(findings(text, { evaluate: { unset: [name] } })).toEqual([]);
  });
});

describe("files that differ between machines do not exist for a configuration", () => {
  /** An application in a monorepo, with `@next/env` where it is resolved from. */
  function monorepo(text: string, files: Readonly<Record<string, string>>): string {
    const root = project({ "apps/shop/next.config.mjs": text, ...files });
    mkdirSync(join(root, "node_modules/@next"), { recursive: true });
    symlinkSync(resolve(__dirname, "../../../node_modules/@next/env"), join(root, "node_modules/@next/env"));
    return root;
  }
  const load = `import env from "@next/env";\nimport { resolve } from "node:path";\nenv.loadEnvConfig(resolve("../.."), false, console, true);\n`;
  const list = hosts("[process.env.SITE ?? 'none.example']");
  const says = (names: string): string =>
    `warning: ".env.local" (apps/shop/next.config.mjs) is loaded by the configuration, differs between machines and was left out; ` +
    `${names} would have come from it (local-file): define what production needs in a file that is committed, or with { evaluate: { variables: … } }`;

  test("also where it loads them itself; the file of the root that is committed counts", () => {
    const root = monorepo(load + list, { ".env": "SITE=root.example\n", ".env.local": "export SITE=local.example\n" });
    const { addresses, findings: found } = reading(nextConfig("apps/shop"), root);
    expect(addresses).toEqual([expect.stringContaining("root.example <- ")]);
    expect(found).toEqual([says("SITE")]);
  });

  test("and what only they define is not set", () => {
    const root = monorepo(load + list, { ".env.local": "SITE=local.example\nOTHER=1\n" });
    const { addresses, findings: found } = reading(nextConfig("apps/shop"), root);
    expect(addresses).toEqual([expect.stringContaining("none.example <- ")]);
    expect(found).toEqual([
      expect.stringContaining('"SITE" (apps/shop/next.config.mjs:4) is read but not set'),
      says("SITE"),
    ]);
  });

  test("without forceReload nothing is loaded again, as in Next.js", () => {
    const root = monorepo(load.replace(", true)", ")") + list, {
      ".env": "SITE=root.example\n",
      ".env.local": "SITE=local.example\n",
    });
    expect(reading(nextConfig("apps/shop"), root).addresses).toEqual([expect.stringContaining("none.example <- ")]);
  });

  test.each([
    ["readFileSync", `const text = (await import("node:fs")).readFileSync("../../.env.local", "utf8");`],
    ["a promise", `const text = await (await import("node:fs/promises")).readFile("../../.env.local", "utf8");`],
    [
      "Node.js itself",
      `process.loadEnvFile?.("../../.env.local"); if (!process.loadEnvFile) (await import("node:fs")).readFileSync("../../.env.local");`,
    ],
  ])("whichever function reads them: %s", (_, text) => {
    const root = monorepo(`${text}\n${list}`, { ".env.local": "SITE=local.example\n" });
    expect(reading(nextConfig("apps/shop"), root)).toEqual({
      addresses: [],
      findings: [
        expect.stringMatching(/it throws "Error: ENOENT: no such file or directory, open '.*\.env\.local'"/),
        says("SITE"),
      ],
    });
  });

  test.each([
    ["a path of bytes", `fs.readFileSync(Buffer.from("../../.env.local"), "utf8")`],
    ["a stream", `(await fs.createReadStream("../../.env.local").toArray()).join("")`],
    ["a copy", `(fs.copyFileSync("../../.env.local", "copied"), fs.readFileSync("copied", "utf8"))`],
    ["a copy of a promise", `(await fs.promises.copyFile("../../.env.local", "copied"), "SITE=copied.example")`],
    ["its real path", `fs.readFileSync(fs.realpathSync("../../.env.local"), "utf8")`],
    ["another name", `fs.readFileSync("../../production.env.local", "utf8")`],
  ])("in whichever way a configuration reads them: %s", (_, expression) => {
    const file = "SITE=local.example\n";
    const text = `import fs from "node:fs";\nlet text = "SITE=none.example";\ntry { text = ${expression}; } catch {}\n${hosts(`[text.trim().slice(5)]`)}`;
    const root = monorepo(text, { ".env.local": file, "production.env.local": file });
    const { addresses, findings: found } = reading(nextConfig("apps/shop"), root);
    expect(addresses).toEqual([expect.stringContaining("none.example <- ")]);
    expect(found).toEqual([expect.stringContaining('.env.local" (apps/shop/next.config.mjs) is loaded by')]);
  });

  test.each([
    ["names", `fs.readdirSync("../..").includes(".env.local")`],
    ["entries", `fs.readdirSync("../..", { withFileTypes: true }).some(({ name }) => name === ".env.local")`],
    ["a promise", `(await fs.promises.readdir("../..")).includes(".env.local")`],
    ["a callback", `(await promisify(fs.readdir)("../..")).includes(".env.local")`],
  ])("nor are they in their folder: %s", (_, expression) => {
    const text = `import fs from "node:fs";\nimport { promisify } from "node:util";\n${hosts(`[${expression} ? "local.example" : "none.example"]`)}`;
    const { addresses, findings: found } = reading(nextConfig("apps/shop"), monorepo(text, { ".env.local": "A=1\n" }));
    expect(addresses).toEqual([expect.stringContaining("none.example <- ")]);
    expect(found.length).toBeLessThan(2);
  });

  test("nor does it matter that they are there where nothing asks for them", () => {
    const root = monorepo(list, {
      "apps/shop/.env.local": "SITE=local.example\n",
      "apps/shop/.env": "SITE=own.example\n",
    });
    expect(reading(nextConfig("apps/shop"), root)).toEqual({
      addresses: [expect.stringContaining("own.example <- ")],
      findings: [],
    });
  });
});

describe("the variables that t3-env validates", () => {
  const env = `
    import { createEnv } from "@t3-oss/env-nextjs";
    import { z } from "zod";

    export const env = createEnv({
      server: {
        ORIGINS: z.string().transform((text) => text.split(",")).pipe(z.array(z.string().min(4))),
        MAIN: z.string().url().transform((text) => new URL(text).host),
        DATABASE_URL: z.string().url(),
      },
      client: { NEXT_PUBLIC_SHOP: z.string().default("shop.example.com") },
      runtimeEnv: {
        ORIGINS: process.env.ORIGINS,
        MAIN: process.env.MAIN,
        DATABASE_URL: process.env.DATABASE_URL,
        NEXT_PUBLIC_SHOP: process.env.NEXT_PUBLIC_SHOP,
      },
      skipValidation: !!process.env.SKIP_ENV_VALIDATION,
      emptyStringAsUndefined: true,
    });`;
  const defined = "ORIGINS=a.example.com,b.example.com\nMAIN=https://www.example.com/shop\n";
  const secret = "DATABASE_URL=postgres://user:hunter2hunter2@db.example.com/shop\n";
  const unset = ["NEXT_PUBLIC_SHOP", "SKIP_ENV_VALIDATION"];
  const skipped = { variables: { SKIP_ENV_VALIDATION: "1" }, unset: ["NEXT_PUBLIC_SHOP", "DATABASE_URL"] };

  /** An application with the real package. */
  function application(list: string, values: string, language: "mjs" | "ts" = "mjs"): string {
    const files = { ".env": values, [`env.${language}`]: env };
    const text = `import { env } from "./env${language === "mjs" ? ".mjs" : ""}";\n${hosts(list)}`;
    const root = project({ ...files, [`next.config.${language}`]: text });
    mkdirSync(join(root, "node_modules"));
    for (const name of ["@t3-oss", "zod"])
      symlinkSync(resolve(__dirname, "../../../node_modules", name), join(root, "node_modules", name));
    return root;
  }

  test.each(["mjs", "ts"] as const)("are what it has made of them, in next.config.%s", (language) => {
    const root = application("[...env.ORIGINS, env.MAIN, env.NEXT_PUBLIC_SHOP]", defined + secret, language);
    const { addresses, findings } = nextConfig(".", { evaluate: { unset } }).read({ root, kind: "production" });
    expect(addresses.map(({ value }) => value)).toEqual([
      "a.example.com",
      "b.example.com",
      "www.example.com",
      "shop.example.com",
    ]);
    expect(findings.map(({ rule }) => rule)).toEqual(language === "ts" ? ["assumed-version"] : []);
  });

  test.each([
    ["experimental__runtimeEnv", `createEnv({ server, client: {}, experimental__runtimeEnv: {} }).MAIN`],
    [
      "a preset",
      `createEnv({ server: {}, client: {}, runtimeEnv: {}, extends: [vercel()] }).VERCEL_ENV ?? "a.example"`,
    ],
  ])("cannot be told where it takes all of them: %s", (_, expression) => {
    const root = application("[]", "");
    const text = `
      import { createEnv } from "@t3-oss/env-nextjs";
      import { vercel } from "@t3-oss/env-nextjs/presets-zod";
      import { z } from "zod";
      const server = { MAIN: z.string().default("main.example") };
      ${hosts(`[${expression}]`)}`;
    writeFileSync(join(root, "next.config.mjs"), text);
    const { findings } = nextConfig(".").read({ root, kind: "production" });
    expect(findings.map(({ rule, value, place }) => [rule, value, place?.line])).toEqual([
      ["unset-variable", "next.config.mjs", 6],
    ]);
  });

  test("that are missing are an error, which says which and where to define them", () => {
    const root = application("env.ORIGINS", defined);
    const [finding, ...others] = reading(nextConfig(".", { evaluate: { unset } }), root).findings;
    expect(others).toEqual([]);
    expect(finding).toMatch(/^error: "next.config.mjs" .*cannot be evaluated: it throws "Error: Invalid environment/);
    expect(finding).toContain("define DATABASE_URL in .env.production");
    expect(finding).not.toContain("SKIP_ENV_VALIDATION");
  });

  test("that are invalid are an error without their values", () => {
    const root = application("env.ORIGINS", `${defined}DATABASE_URL=hunter2hunter2\n`);
    const findings = reading(nextConfig(".", { evaluate: { unset } }), root).findings.join("\n");
    expect(findings).toContain("cannot be evaluated");
    expect(findings).not.toContain("hunter2");
  });

  test.each([
    ["[...env.ORIGINS]", "holds the single letters of a string instead of hosts"],
    ["env.ORIGINS", "holds a string instead of a list"],
    ["Array.from(env.ORIGINS)", "holds the single letters of a string instead of hosts"],
    ['[..."ab.example.com"].concat(env.ORIGINS.length > 0 ? [] : [])', "holds the single letters of a string"],
  ])("come out untransformed with SKIP_ENV_VALIDATION, which one finding says: %s", (list, message) => {
    const root = application(list, defined);
    const { addresses, findings } = reading(nextConfig(".", { evaluate: skipped }), root);
    expect(addresses).toEqual([]);
    expect(findings).toEqual([
      expect.stringMatching(
        new RegExp(`^error: .* ${message}.*; SKIP_ENV_VALIDATION is set, so that t3-env returns text that nothing has`),
      ),
    ]);
  });

  test.each([
    ["[env.MAIN]", 1],
    ['["www.example.com", "b.example.com"]', 0],
  ])("or come out as hosts that look right, of which a warning tells: %s", (list, count) => {
    const root = application(list, `MAIN=main.example.com\n`);
    const unread = { ...skipped, unset: ["ORIGINS", ...skipped.unset] };
    const { addresses, findings } = nextConfig(".", { evaluate: unread }).read({ root, kind: "production" });
    expect(addresses).not.toEqual([]);
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(
      Array.from({ length: count }, () => "warning skipped-validation"),
    );
  });

  test("and one of them beside literals is refused as well", () => {
    const root = application('["www.example.com", ...env.ORIGINS]', defined);
    const { findings } = reading(nextConfig(".", { evaluate: skipped }), root);
    expect(findings.filter((finding) => finding.includes("SKIP_ENV_VALIDATION is set"))).toHaveLength(1);
  });
});
