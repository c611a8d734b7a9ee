import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { nextConfig, type NextConfigOptions } from "../../../lib/sources/next-config/next-config";
import { type EnvironmentKind } from "../../../lib/origins/rule";
import fc from "../../fast-check";
import { until } from "../../e2e/until";
import { project, reading } from "../project";

type Files = Readonly<Record<string, string>>;

/** The hosts and the findings of an application's configuration. */
function read(
  files: Files,
  options: NextConfigOptions = {},
  kind: EnvironmentKind = "production",
): ReturnType<typeof reading> {
  return reading(nextConfig(".", options), project(files), kind);
}

const origins = (list: string): string => `experimental: { serverActions: { allowedOrigins: ${list} } }`;
const key = "experimental.serverActions.allowedOrigins";

describe("what a configuration computes", () => {
  test("is read with the line of its key, literals beside it with their own", () => {
    const { addresses, findings } = read({
      ".env": "SHOP=shop.example.com\n",
      "next.config.mjs": `export default {\n  ${origins(`[\n    "www.example.com",\n    process.env.SHOP,\n  ]`)}\n};\n`,
    });
    expect(findings).toEqual([]);
    expect(addresses).toEqual([
      `www.example.com <- next.config.mjs:3 ${key}`,
      `shop.example.com <- next.config.mjs:2 ${key}, computed`,
    ]);
  });

  test("is judged like a literal: machines of developers, schemes, wildcards", () => {
    const list = `process.env.LIST.split(" ")`;
    const files = { ".env": "LIST=localhost:3000 https://a.example.com *.b.example.com *.*.c.example.com\n" };
    expect(read({ ...files, "next.config.js": `module.exports = { ${origins(list)} };` })).toEqual({
      addresses: [
        `https://a.example.com <- next.config.js:1 ${key}, computed`,
        `*.b.example.com <- next.config.js:1 ${key}, computed`,
      ],
      findings: [
        expect.stringContaining(`warning: "https://a.example.com" (next.config.js:1 ${key}, computed) has a scheme`),
        expect.stringContaining("has a wildcard inside"),
      ],
    });
  });

  test("is not there: a key that only may have been in something else", () => {
    const files = {
      "base.mjs": "export default { reactStrictMode: true };",
      "next.config.mjs": `import base from "./base.mjs";\nexport default { ...base, ${origins(`["www.example.com"]`)} };`,
    };
    expect(read(files)).toEqual({ addresses: [`www.example.com <- next.config.mjs:2 ${key}`], findings: [] });
    expect(read(files, { keys: ["i18n.domains"] }).findings).toEqual([expect.stringContaining("(missing-key)")]);
  });

  test("is not there, and a variable that nothing defines says why", () => {
    const list = `process.env.ORIGINS ? process.env.ORIGINS.split(",") : []`;
    expect(read({ "next.config.js": `module.exports = { ${origins(list)} };` }).findings).toEqual([
      expect.stringContaining('warning: "ORIGINS" (next.config.js:1) is read but not set'),
      `warning: "next.config.js" (next.config.js) holds no page address in i18n.domains, ${key}; it reads ORIGINS, which ` +
        ".env.production and .env do not define (missing-key): leave the source out, or name the keys to read: { keys: […] }",
    ]);
  });

  test.each([
    [
      "pushed to",
      `const c = { ${origins(`["a.example.com"]`)} };\nc.experimental.serverActions.allowedOrigins.push("b.example.com");\nmodule.exports = c;`,
      [1, 2],
    ],
    [
      "cut",
      `const hosts = ["a.example.com", "b.example.com"];\nhosts.length = 1;\nmodule.exports = { ${origins("hosts")} };`,
      [1],
    ],
    [
      "replaced through an alias",
      `const c = { experimental: {} };\nconst same = c;\nsame.experimental.serverActions = { allowedOrigins: ["a.example.com"] };\nmodule.exports = c;`,
      [3],
    ],
    [
      "the default of a parameter",
      `const hosts = ["outer.example.com"];\nconst make = (hosts = ["a.example.com"]) => ({ ${origins("hosts")} });\nmodule.exports = make();`,
      [2],
    ],
  ])("and not what is written: a list that is %s", (_, text, lines) => {
    expect(read({ "next.config.js": text })).toEqual({
      addresses: lines.map((line, index) => `${["a", "b"][index] ?? ""}.example.com <- next.config.js:${line} ${key}`),
      findings: [],
    });
  });

  test("has the line of what is exported where the key is not written", () => {
    const text = `const key = "allowed" + "DevOrigins";\nconst host = ["a", "example.com"].join(".");\n\nmodule.exports = { [key]: [host] };`;
    expect(read({ "next.config.js": text }, {}, "development").addresses).toEqual([
      "a.example.com <- next.config.js:4 allowedDevOrigins, computed",
    ]);
  });

  test("fails where a plugin cannot run: literals are no answer", () => {
    const text = `import { withHosts } from "with-hosts";\nexport default withHosts({ ${origins(`["www.example.com"]`)} });`;
    expect(read({ "next.config.mjs": text })).toEqual({
      addresses: [],
      findings: [
        `error: "next.config.mjs" (next.config.mjs) cannot be evaluated: it throws "Error: Cannot find package 'with-hosts' ` +
          `imported from next.config.mjs" (failed-config): install the application's packages first, or lock the hosts with { pulled: true }`,
      ],
    });
  });
});

describe("the environment of the process", () => {
  const show = `module.exports = { ${origins(`[process.env.A, process.env.B, process.env.C].filter(Boolean)`)} };`;
  const values = ({ addresses }: ReturnType<typeof reading>): readonly string[] =>
    addresses.map((address) => address.split(" ")[0] ?? "");

  test("has the variables of the kind's env files, and none of those that differ between machines", () => {
    const files = {
      "next.config.js": show.replace(
        "module.exports = {",
        `module.exports = { allowedDevOrigins: [process.env.A, process.env.NODE_ENV],`,
      ),
      ".env": "A=base\nB=base\n",
      ".env.local": "A=local\nB=local\nC=local\n",
      ".env.production": "B=production.example.com\n",
      ".env.production.local": "C=local\n",
      ".env.development": "A=development\n",
      ".env.development.local": "A=local\n",
      ".env.staging": "C=staging-$NODE_ENV\n",
    };
    expect(values(read(files))).toEqual(["base", "production.example.com"]);
    expect(values(read(files, { evaluate: { mode: "staging" } }, "staging"))).toEqual([
      "base",
      "production.example.com",
      "staging-$NODE_ENV", // env-cmd fills in nothing
    ]);
    expect(values(read(files, {}, "development"))).toEqual(["development", "development"]);
    expect(values(read(files, { evaluate: { envFiles: [".env.staging"] } }))).toEqual(["staging-production"]);
  });

  test("is not filled from local files by Next.js's own function either", () => {
    const root = project({
      "next.config.js": `require("@next/env").loadEnvConfig(__dirname);\n${show}`,
      ".env": "A=base\n",
      ".env.local": "A=local\nB=local\n",
    });
    mkdirSync(join(root, "node_modules/@next"), { recursive: true });
    symlinkSync(resolve(__dirname, "../../../node_modules/@next/env"), join(root, "node_modules/@next/env"));
    expect(values(reading(nextConfig("."), root))).toEqual(["base"]);
  });

  test("has nothing of this process but where programs are", () => {
    process.env["A"] = "of.this.process.example.com";
    try {
      const names = `Object.keys(process.env).sort().map((name) => name.toLowerCase().replaceAll("_", "-") + ".example.com")`;
      const { addresses } = read({ ".env": "Z=1\n", "next.config.js": `module.exports = { ${origins(names)} };` });
      expect(addresses.map((address) => address.split(".")[0])).toEqual([
        "next-runtime",
        "node-env",
        "origins-evaluation",
        "path",
        "turbopack",
        "z",
        "--next-processed-env",
      ]);
    } finally {
      delete process.env["A"];
    }
  });

  test("has the command that Next.js is started with", () => {
    const files = {
      "next.config.js": `module.exports = { allowedDevOrigins: [process.argv[2] + ".example.com"], ${origins(`[process.argv[2] + ".example.com"]`)} };`,
    };
    expect(values(read(files))).toEqual(["build.example.com"]);
    expect(values(read(files, {}, "development"))).toEqual(["dev.example.com"]);
  });

  test("has the variables that are set on top, as they are", () => {
    const files = { "next.config.js": show, ".env": "A=base\nB=$C.example.com\n" };
    const variables = { A: "top-$B", C: "shop" };
    expect(values(read(files, { evaluate: { variables } }))).toEqual(["top-$B", "shop.example.com", "shop"]);
  });

  test("of a custom mode needs its file", () => {
    const { addresses, findings } = read(
      { "next.config.js": show, ".env": "A=base\n" },
      { evaluate: { mode: "staging" } },
    );
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringContaining('".env.staging" (.env.staging) does not exist (missing-file)')]);
  });
});

describe("a configuration that comes to nothing is one finding in one line", () => {
  const failing = (
    text: string,
    files: Files = {},
    options: NextConfigOptions = {},
    file = "next.config.js",
  ): string => {
    const { addresses, findings } = read({ [file]: text, ...files }, options);
    expect(addresses).toEqual([]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).not.toMatch(/\n|^\s*at /);
    return findings[0] ?? "";
  };
  const locked = "or lock the hosts with { pulled: true }";

  test("it throws", () => {
    expect(
      failing(
        `function hosts() {\n  throw new TypeError("no hosts\\ntoday");\n}\nmodule.exports = { ${origins("hosts()")} };`,
      ),
    ).toBe(
      `error: "next.config.js" (next.config.js:2) cannot be evaluated: it throws "TypeError: no hosts today" (failed-config): correct it, ${locked}`,
    );
  });

  test("it throws in another file of the application: the line of the configuration is told where that leads there", () => {
    const env = `\n\nexport const hosts = ["a"];\nif (!process.env.A) throw new Error("A is required");\n`;
    const rest =
      'cannot be evaluated: it throws "Error: A is required"; it reads A, which .env.production and .env do not define';
    const remedy = `(failed-config): define A in .env.production, or with { evaluate: { variables: … } }, ${locked}`;
    const config = (from: string): string =>
      `import { hosts } from "${from}";\nexport default { ${origins("hosts")} };`;
    expect(failing(config("./src/env.mjs"), { "src/env.mjs": env }, {}, "next.config.mjs")).toBe(
      `error: "next.config.mjs" (src/env.mjs:4) ${rest} ${remedy}`,
    );
    const typed = `type Name = "A";\ninterface Unused { name: Name }${env}`;
    expect(failing(config("./src/env"), { "src/env.ts": typed }, {}, "next.config.ts")).toBe(
      `error: "next.config.ts" (next.config.ts:1) ${rest} ${remedy}`,
    );
    const call = `import { need } from "./need";\n\nexport default {\n  ${origins(`[\n    need("A"),\n  ]`)},\n};`;
    const need = `export function need(name: string): string {\n  throw new Error(name + " is required");\n}`;
    expect(failing(call, { "need.ts": need }, {}, "next.config.ts")).toContain("(next.config.ts:5)");
  });

  test("it needs variables that are not there", () => {
    const finding = failing(`module.exports = { ${origins("[new URL(process.env.SITE_URL).host]")} };`, {
      ".env": "B=1",
    });
    expect(finding).toContain(
      `it throws "TypeError: Invalid URL"; it reads SITE_URL, which .env.production and .env do not define`,
    );
    expect(finding).toContain(`define SITE_URL in .env.production, or with { evaluate: { variables: … } }, ${locked}`);
  });

  test("it names the variable that it needs: others that are not there are not told", () => {
    const text = `const { HOST, SECRET } = process.env;\nif (!SECRET) throw new Error("set SECRET");\nmodule.exports = { ${origins("[HOST]")} };`;
    expect(failing(text)).toContain(`it throws "Error: set SECRET"; it reads SECRET, which .env.production`);
  });

  test("it needs a package that is not installed", () => {
    const text = `import { createEnv } from "@t3-oss/env-nextjs";\nexport default { ${origins("createEnv().HOSTS")} };`;
    expect(failing(text, {}, {}, "next.config.mjs")).toContain(
      `Cannot find package '@t3-oss/env-nextjs' imported from next.config.mjs" (failed-config): install the application's packages first, `,
    );
  });

  test("it needs a separate file that is not there", () => {
    expect(failing(`module.exports = { ${origins('require("./hosts")')} };`)).toContain(
      `Cannot find module './hosts'" (failed-config): correct the path, or commit the file, `,
    );
  });

  test("what it throws is not an error", () => {
    expect(failing(`throw "nothing";\nmodule.exports = hosts();`)).toContain('it throws "nothing"');
    expect(failing(`throw undefined;\nmodule.exports = hosts();`)).toContain('it throws "undefined"');
    expect(
      failing(`throw Object.defineProperty({}, "message", { get() { throw 1; } });\nmodule.exports = hosts();`),
    ).toContain('it throws "1"');
  });

  test("it rejects, also later", () => {
    expect(failing(`module.exports = Promise.reject(new Error("no"));`)).toContain('it throws "Error: no"');
    expect(
      failing(`setTimeout(() => { throw new Error("late"); }, 1);\nmodule.exports = new Promise(() => {});`),
    ).toContain('(next.config.js:1) cannot be evaluated: it throws "Error: late"');
  });

  test("it never ends", () => {
    const options = { evaluate: { timeoutSeconds: 1 } };
    const slow = "it does not finish within 1 s (failed-config): let it finish, give it more time";
    expect(failing(`for (;;);\nmodule.exports = hosts();`, {}, options)).toContain(slow);
    expect(failing(`setInterval(() => {}, 10);\nmodule.exports = new Promise(() => {});`, {}, options)).toContain(slow);
  });

  test("it waits for nothing", () => {
    expect(failing(`module.exports = async () => new Promise(() => {});`)).toContain(
      "it waits for something that never happens",
    );
  });

  test("it ends its process", () => {
    expect(failing(`process.exit(3);\nmodule.exports = hosts();`)).toContain("its process exited with code 3");
    expect(failing(`process.exit();\nmodule.exports = hosts();`)).toContain("its process exited with code 0");
    expect(failing(`process.abort();\nmodule.exports = hosts();`)).toContain("its process was ended by SIGABRT");
  });

  test.each([
    ["undefined", "module.exports = () => {};"],
    ["null", "module.exports = async () => null;"],
    ["a list", `module.exports = [].concat("a");`],
    ["a string", `module.exports = String("a");`],
    ["a function", `module.exports = () => Function;`],
  ])("it comes to %s", (what, text) => {
    expect(failing(text)).toContain(`cannot be evaluated: it evaluates to ${what} instead of an object`);
  });
});

test("a list that no one could review is refused, and not cut", () => {
  const text = `module.exports = { allowedDevOrigins: Array.from({ length: 10001 }, (_, i) => "h" + i + ".example.com") };`;
  expect(read({ "next.config.js": text }, {}, "development")).toEqual({
    addresses: [],
    findings: [expect.stringContaining("holds more than 10000 entries instead of a list")],
  });
});

test("a program that is nested too deeply for the parser is evaluated, and an error where that is forbidden", () => {
  const text = `module.exports = { ${origins(`["a.example.com"]`)}, x: ${"1+".repeat(20_000)}1 };`;
  expect(read({ "next.config.js": text }, { evaluate: false })).toEqual({
    addresses: [],
    findings: [expect.stringContaining("Values are nested too deeply")],
  });
  expect(read({ "next.config.js": text }).addresses).toEqual([expect.stringContaining("a.example.com <- ")]);
});

describe("something else than hosts", () => {
  test.each([
    ["a string instead of a list", origins(`String("www.example.com")`)],
    ["a boolean instead of a list", "i18n: { domains: Boolean(1) }"],
    ["undefined instead of a host; it reads NOTHING, which", origins("[process.env.NOTHING]")],
    ["undefined instead of a host; it reads NOTHING, which", "i18n: { domains: [{ domain: process.env.NOTHING }] }"],
    [`"shop.undefined" instead of a host; it reads NOTHING, which`, origins("[`shop.${process.env.NOTHING}`]")],
    ["a number instead of a host", origins("[Number(1)]")],
    ["an object instead of a host", origins("[Object({})]")],
  ])("%s", (what, text) => {
    const { addresses, findings } = read({ "next.config.js": `module.exports = { ${text} };` });
    expect(addresses).toEqual([]);
    expect(findings[0]).toContain(`holds ${what}`);
    expect(findings.slice(1)).toEqual(text.includes("NOTHING") ? [expect.stringContaining("(unset-variable)")] : []);
    expect(findings[0]).toMatch(/^error: .*\(unusable-value\)/);
  });

  test("beside hosts leaves them", () => {
    const { addresses, findings } = read({
      "next.config.js": `module.exports = { ${origins(`["a.example.com", process.env.NOTHING, "b.example.com"]`)} };`,
    });
    expect(addresses).toHaveLength(2);
    expect(findings).toHaveLength(2);
  });
});

describe("secrets stay where they are", () => {
  const secret = "s3cr3t-Tr0ub4dor";

  test.each([
    ["an error that shows a value", `throw new Error("bad key " + process.env.KEY);`],
    ["one that shows it in other letters", `throw new Error("bad key " + process.env.KEY.toUpperCase());`],
    ["a parser that shows its beginning", `JSON.parse(process.env.KEY);`],
    ["an address with a password", `throw new Error("cannot reach " + process.env.DATABASE);`],
    ["one that it made itself", `throw new Error("cannot reach postgres://admin:hunter2-hunter2@db.example.com/x");`],
  ])("%s", (_, text) => {
    const { findings } = read({
      ".env": `KEY=${secret}\nDATABASE=postgres://app:${secret}@db.example.com/shop\n`,
      "next.config.js": `${text}\nmodule.exports = hosts();`,
    });
    expect(findings).toEqual([expect.stringContaining("it throws")]);
    expect(findings[0]?.toLowerCase()).not.toMatch(/s3cr3t|tr0ub4|hunter2/);
  });

  test("also in what is not a host", () => {
    const { addresses, findings } = read({
      ".env": `DATABASE=postgres://app:${secret}@db.example.com/shop\n`,
      "next.config.js": `module.exports = { ${origins("[process.env.DATABASE]")} };`,
    });
    expect(JSON.stringify([addresses, findings])).not.toContain("s3cr3t");
  });
});

describe("what the configuration prints, writes and starts", () => {
  test("is not mistaken for its hosts", () => {
    const noise = `{"found":{"${key}":[{"text":"evil.example.com","http":false}]},"missing":[]}`;
    const text = `
      console.log(${JSON.stringify(noise)});
      console.error("x".repeat(100000));
      process.stdout.write("y".repeat(5000000));
      module.exports = { ${origins(`[String("www.example.com")]`)} };`;
    expect(read({ "next.config.js": text }).addresses).toEqual([expect.stringContaining("www.example.com <-")]);
  });

  test("ends with it", async () => {
    const text = `
      const { spawn } = require("node:child_process");
      const { pid } = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
      require("node:fs").writeFileSync("pid", String(pid));
      module.exports = { ${origins(`[String("www.example.com")]`)} };`;
    const root = project({ "next.config.js": text });
    expect(reading(nextConfig("."), root).addresses).toHaveLength(1);
    const pid = readFileSync(join(root, "pid"), "utf8");
    const state = (): string => {
      try {
        return execFileSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).trim();
      } catch {
        return "";
      }
    };
    // What no one has waited for yet stays on the list as a zombie.
    await until(() => /^(?:Z.*)?$/.test(state()));
  });

  test("is all there is beside it: no cache, no compiled file", () => {
    const files = {
      "hosts.ts": `export const hosts: string[] = ["www.example.com"];`,
      "next.config.ts": `import { hosts } from "./hosts";\nexport default { ${origins("hosts")} };`,
    };
    const root = project(files);
    expect(reading(nextConfig("."), root).addresses).toHaveLength(1);
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(Object.keys(files).sort());
  });
});

test("evaluating and the syntax tree agree on literals", () => {
  const host = fc.oneof(
    fc.domain(),
    fc.domain().map((domain) => `*.${domain}`),
    fc.tuple(fc.domain(), fc.nat(65535)).map(([domain, port]) => `${domain}:${port}`),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("localhost", "http://x.example.com", "**", "münchen.example"),
  );
  const config = fc.record(
    {
      i18n: fc.record({
        domains: fc.array(fc.record({ domain: host, http: fc.constant(true) }, { requiredKeys: ["domain"] })),
      }),
      experimental: fc.record({ serverActions: fc.record({ allowedOrigins: fc.array(host) }) }),
      allowedDevOrigins: fc.array(host),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(config, fc.constantFrom("production", "development"), (literal, kind) => {
      const text = JSON.stringify(literal);
      const told = (exported: string): readonly string[] => {
        const { addresses, findings } = read({ "next.config.js": `module.exports = ${exported};` }, {}, kind);
        return [...addresses, ...findings].map((line) => line.replace(", computed", ""));
      };
      expect(told(`((config) => config)(${text})`)).toEqual(told(text));
    }),
    { numRuns: 40 },
  );
});
