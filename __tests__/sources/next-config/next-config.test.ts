import { join } from "node:path";
import { nextConfig, type NextConfigKey } from "../../../lib/sources/next-config/next-config";
import { project, reading } from "../project";

/** The hosts and the findings of a configuration in one file. Nothing of it is executed. */
function read(text: string, file = "next.config.ts", ...keys: readonly NextConfigKey[]): ReturnType<typeof reading> {
  const options = keys.length === 0 ? {} : { keys };
  return reading(nextConfig(file, { ...options, evaluate: false }), project({ [file]: text }));
}

const origins = "experimental: { serverActions: { allowedOrigins: ['shop.example.com'] } }";
const found = (file: string, line: number): object => ({
  addresses: [`shop.example.com <- ${file}:${line} experimental.serverActions.allowedOrigins`],
  findings: [],
});

describe("one object of literals is read as it is written, each host with its line", () => {
  test.each([
    ["an object", "next.config.mjs", `export default { ${origins} };`, 1],
    [
      "create-next-app 14, JavaScript",
      "next.config.mjs",
      `/** @type {import('next').NextConfig} */\nconst nextConfig = { ${origins} };\n\nexport default nextConfig;\n`,
      2,
    ],
    [
      "create-next-app 15 and 16, TypeScript",
      "next.config.ts",
      `import type { NextConfig } from "next";\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n  ${origins}\n};\n\nexport default nextConfig;\n`,
      5,
    ],
    [
      "CommonJS",
      "next.config.js",
      `"use strict";\n/** @type {import('next').NextConfig} */\nconst nextConfig = { ${origins} }\n\nmodule.exports = nextConfig\n`,
      3,
    ],
    ["CommonJS as a default export, in TypeScript", "next.config.ts", `exports.default = { ${origins} };`, 1],
    ["a named default export", "next.config.mjs", `const config = { ${origins} };\nexport { config as default };`, 1],
    ["export =", "next.config.ts", `const config = { ${origins} };\nexport = config;`, 1],
    [
      "satisfies",
      "next.config.ts",
      `import { type NextConfig } from "next";\nexport default { ${origins} } satisfies NextConfig;`,
      2,
    ],
    ["as", "next.config.ts", `export default ({ ${origins} } as NextConfig)!;`, 1],
    [
      "quoted keys, and templates without anything in them",
      "next.config.mjs",
      `export default { "experimental": { ["serverActions"]: { 'allowedOrigins': [\`shop.example.com\`] } } };`,
      1,
    ],
  ])("%s", (_, file, text, line) => {
    expect(read(text, file)).toEqual(found(file, line));
  });

  test("in a package of ECMAScript modules", () => {
    const files = { "package.json": `{ "type": "module" }`, "next.config.js": `export default { ${origins} };` };
    expect(reading(nextConfig(".", { evaluate: false }), project(files))).toEqual(found("next.config.js", 1));
  });

  test("the last of two equal keys counts, and null is as good as nothing", () => {
    const text = `module.exports = { allowedDevOrigins: ["first.example.com"], allowedDevOrigins: ["last.example.com"], i18n: null };`;
    expect(reading(nextConfig(".", { evaluate: false }), project({ "next.config.js": text }), "development")).toEqual({
      addresses: ["last.example.com <- next.config.js:1 allowedDevOrigins"],
      findings: [],
    });
  });
});

describe("everything else is not, and a finding where evaluating is forbidden", () => {
  test.each([
    ["a second statement", "next.config.js", `const config = { ${origins} };\nconfig.x = 1;\nmodule.exports = config;`],
    ["a call", "next.config.js", `module.exports = wrap({ ${origins} });`],
    ["a function", "next.config.js", `module.exports = () => ({ ${origins} });`],
    ["a variable that may change", "next.config.mjs", `let config = { ${origins} };\nexport default config;`],
    ["two constants", "next.config.mjs", `const a = 1, config = { ${origins} };\nexport default config;`],
    ["a name in the object", "next.config.mjs", `const config = { a: config, ${origins} };\nexport default config;`],
    ["a spread", "next.config.mjs", `export default { ...{}, ${origins} };`],
    ["a getter", "next.config.mjs", `export default { get a() { return 1; }, ${origins} };`],
    ["a method", "next.config.mjs", `export default { async redirects() { return []; }, ${origins} };`],
    ["a prototype", "next.config.mjs", `export default { __proto__: {}, ${origins} };`],
    ["a computed key", "next.config.mjs", `export default { [key]: 1, ${origins} };`],
    ["a hole in a list", "next.config.mjs", `export default { allowedDevOrigins: [,"a.example.com"], ${origins} };`],
    ["a template that is filled in", "next.config.mjs", `export default { a: \`\${1}\`, ${origins} };`],
    ["an import of more than types", "next.config.ts", `import "./other";\nexport default { ${origins} };`],
    ["an import that may be of types", "next.config.ts", `import { X } from "next";\nexport default { ${origins} };`],
    ["an export of the other module system", "next.config.mjs", `module.exports = { ${origins} };`],
    ["and the other way round", "next.config.js", `export default { ${origins} };`],
    ["a second export", "next.config.mjs", `export const a = 1;\nexport default { ${origins} };`],
    ["an assignment to a member of what is exported", "next.config.js", `module.exports.a = { ${origins} };`],
    ["nothing that is exported", "next.config.ts", "const config = {};"],
    ["a default inside it", "next.config.ts", `module.exports = { default: { ${origins} }, ${origins} };`],
    ["a default inside an assignment", "next.config.ts", `export = { default: { ${origins} } };`],
  ])("%s", (_, file, text) => {
    expect(read(text, file)).toEqual({
      addresses: [],
      findings: [
        `error: "${file}" (${file}) is more than one exported object of literals, and { evaluate: false } prevents its evaluation ` +
          "(computed-value): write one object of literals, leave out { evaluate: false }, or lock the hosts with { pulled: true }",
      ],
    });
  });
});

describe("i18n.domains", () => {
  test("are page hosts; http: true means plain HTTP", () => {
    const text = [
      "module.exports = {",
      "  i18n: {",
      "    locales: ['en', 'fr'],",
      "    defaultLocale: 'en',",
      "    domains: [",
      "      { domain: 'example.com', defaultLocale: 'en' },",
      "      { domain: 'example.fr', defaultLocale: 'fr', http: true },",
      "    ],",
      "  },",
      "}",
    ].join("\n");
    expect(read(text, "next.config.js")).toEqual({
      addresses: ["example.com <- next.config.js:6 i18n.domains", "http://example.fr <- next.config.js:7 i18n.domains"],
      findings: [],
    });
  });

  test("with a scheme or a port are refused, as Next.js refuses them", () => {
    const text =
      "export default { i18n: { domains: [{ domain: 'example.com:3000' }, { domain: 'https://example.fr' }] } };";
    expect(read(text).findings).toEqual([
      'error: "example.com:3000" (next.config.ts:1 i18n.domains) has a scheme or a port, which Next.js refuses here ' +
        "(unsupported-pattern): write the host alone",
      expect.stringContaining('"https://example.fr"'),
    ]);
  });
});

test("experimental: null is refused, as Next.js 15 and later do", () => {
  const text = "export default { experimental: null, allowedDevOrigins: ['a.example.com'] };";
  expect(reading(nextConfig("."), project({ "next.config.mjs": text }), "development")).toEqual({
    addresses: [],
    findings: [expect.stringMatching(/^error: "experimental" .* is null, so Next.js rejects the configuration/)],
  });
});

describe("the patterns of origins", () => {
  test.each([
    ["shop.example.com:8443", "shop.example.com:8443"],
    ["*.example.com", "*.example.com"],
    ["**.example.com", "*.example.com"],
  ])("%s becomes the address %s", (pattern, address) => {
    const { addresses, findings } = read(
      `export default { experimental: { serverActions: { allowedOrigins: ["${pattern}"] } } };`,
    );
    expect(findings).toEqual([]);
    expect(addresses).toEqual([`${address} <- next.config.ts:1 experimental.serverActions.allowedOrigins`]);
  });

  test.each(["*", "**", "a.*.example.com", "*-x.example.com", "*.*.example.com"])(
    "%s is refused with the reason",
    (pattern) => {
      const { addresses, findings } = read(
        `export default { experimental: { serverActions: { allowedOrigins: ["${pattern}"] } } };`,
      );
      expect(addresses).toEqual([]);
      expect(findings).toEqual([expect.stringContaining("(unsupported-pattern)")]);
    },
  );
});

describe("what teams write into the lists of origins", () => {
  const text =
    "module.exports = { experimental: { serverActions: { allowedOrigins: ['localhost:3000', 'shop.example.com'] } }, allowedDevOrigins: ['http://localhost:3000', 'me.example.com'] };";

  test("their own machine is passed over outside development: all environments share the list", () => {
    expect(read(text, "next.config.js")).toEqual(found("next.config.js", 1));
  });

  test("a scheme is worth a warning, because Next.js never matches it", () => {
    expect(reading(nextConfig("next.config.js"), project({ "next.config.js": text }), "development")).toEqual({
      addresses: [
        "http://localhost:3000 <- next.config.js:1 allowedDevOrigins",
        "me.example.com <- next.config.js:1 allowedDevOrigins",
      ],
      findings: [
        expect.stringMatching(/^warning: "http:\/\/localhost:3000" .* has a scheme, so Next.js never matches it/),
      ],
    });
  });
});

describe("the keys that are read", () => {
  const text = [
    "export default {",
    "  allowedDevOrigins: ['tunnel.example.com'],",
    "  i18n: { locales: ['fr'], defaultLocale: 'fr', domains: [{ domain: 'example.fr', defaultLocale: 'fr' }] },",
    "  images: { domains: ['cdn.example.com'] },",
    "  assetPrefix: 'https://cdn.example.com',",
    "};",
  ].join("\n");

  test("are those that make sense for the kind of environment", () => {
    const root = project({ "shop/next.config.ts": text });
    const of = (kind: "production" | "development"): readonly string[] =>
      reading(nextConfig("shop"), root, kind).addresses;
    expect(of("production")).toEqual(["example.fr <- shop/next.config.ts:3 i18n.domains"]);
    expect(of("development")).toEqual(["tunnel.example.com <- shop/next.config.ts:2 allowedDevOrigins"]);
  });

  test("are those that were named, and each must be there", () => {
    expect(read(text, "next.config.ts", "allowedDevOrigins", "experimental.serverActions.allowedOrigins")).toEqual({
      addresses: ["tunnel.example.com <- next.config.ts:2 allowedDevOrigins"],
      findings: [
        expect.stringMatching(
          /^error: "experimental.serverActions.allowedOrigins" .* is not in next.config.ts \(missing-key\)/,
        ),
      ],
    });
  });

  test("may be variables of env, which hold the address of a page", () => {
    const env = `module.exports = { env: {\n  SITE: "https://www.example.com/shop",\n  OTHER: "x",\n  PORT: 3000,\n} };`;
    const root = project({ "next.config.js": env });
    expect(reading(nextConfig(".", { variables: ["SITE", "PORT", "NONE"] }), root)).toEqual({
      addresses: ["https://www.example.com/shop <- next.config.js:2 env.SITE"],
      findings: [
        expect.stringMatching(
          /^error: "env.PORT" \(next.config.js:4 env.PORT, computed\) holds a number instead of a host/,
        ),
        expect.stringMatching(/^error: "env.NONE" .* is not in next.config.js \(missing-key\)/),
      ],
    });
  });

  test.each([
    ["https://a.example.com/,https://b.example.com/", ["https://a.example.com/", "https://b.example.com/"]],
    ["a.example.com b.example.com", ["a.example.com", "b.example.com"]],
    ['["a.example.com"]', ["a.example.com"]],
    ["https://a.example.com/,b.example.com", []],
  ])("and a variable of env may hold a list: %s", (list, hosts) => {
    const root = project({ "next.config.js": `module.exports = { env: { SITES: ${JSON.stringify(list)} } };` });
    const { addresses, findings } = nextConfig(".", { variables: ["SITES"] }).read({ root, kind: "production" });
    expect(addresses.map(({ value }) => value)).toEqual(hosts);
    expect(findings.map(({ rule }) => rule)).toEqual(hosts.length === 0 ? ["several-addresses"] : []);
  });

  test("hold nothing in a new project, which is worth a warning", () => {
    expect(read("export default {};").findings).toEqual([expect.stringMatching(/^warning: .*\(missing-key\)/)]);
  });

  test("cannot be others", () => {
    const call = (): unknown => Reflect.apply(nextConfig, undefined, ["next.config.ts", { keys: ["images.domains"] }]);
    expect(call).toThrow('Invalid keys[0] "images.domains": expected "i18n.domains", ');
  });
});

describe("what cannot be read is a finding", () => {
  test("a syntax error, with its line", () => {
    expect(read("export default {\n  a: [,\n  b c\n};").findings).toEqual([
      'error: "next.config.ts" (next.config.ts:3) is not a valid program: Unexpected token, expected "," (invalid-config): correct the file',
    ]);
  });

  test.each(["next.config.cjs", "next.config.cts", "next.config.json"])("%s, which Next.js refuses", (file) => {
    expect(read("module.exports = {};", file).findings).toEqual([expect.stringContaining("(unsupported-config)")]);
  });

  test("a missing file", () => {
    expect(reading(nextConfig("shop/next.config.ts"), project({})).findings).toEqual([
      expect.stringContaining('"shop/next.config.ts" (shop/next.config.ts) does not exist (missing-file)'),
    ]);
  });

  test("a folder without one, and without one above it in the project", () => {
    const root = project({ "apps/shop/package.json": "{}" });
    expect(reading(nextConfig("apps/shop"), root).findings).toEqual([
      'error: "apps/shop" (apps/shop) holds no next.config.js, next.config.mjs, next.config.ts, next.config.mts (missing-file): ' +
        "correct the path, which starts from the project's folder",
    ]);
    expect(reading(nextConfig("."), project({})).findings).toEqual([expect.stringContaining("(missing-file)")]);
    const beside = project({ "next.config.mjs": "export default {};", "web/package.json": "{}" });
    expect(reading(nextConfig("../elsewhere"), join(beside, "web")).findings).toEqual([
      expect.stringContaining("(missing-file)"),
    ]);
  });

  test("a folder without one: that of a folder above, with the env files of the application", () => {
    const evaluated = "export default { allowedDevOrigins: [process.env.SHOP_HOST] };";
    const root = project({
      "next.config.mjs": `export default { ${origins} };`,
      "apps/next.config.mjs": evaluated,
      "apps/.env": "SHOP_HOST=above.example.com",
      "apps/shop/.env": "SHOP_HOST=shop.example.com",
      "blog/src/package.json": "{}",
    });
    expect(reading(nextConfig("blog/src"), root)).toEqual(found("next.config.mjs", 1));
    const { addresses } = nextConfig("apps/shop").read({ root, kind: "development" });
    expect(addresses).toMatchObject([{ value: "shop.example.com", place: { file: "apps/next.config.mjs", line: 1 } }]);
  });

  test("in a folder, the name that Next.js prefers wins", () => {
    const root = project({
      "next.config.js": `module.exports = { ${origins} }`,
      "next.config.ts": "export default {}",
    });
    expect(reading(nextConfig("."), root)).toEqual(found("next.config.js", 1));
  });
});

describe("the version of Next.js that the application has installed", () => {
  const files = (version: string, file: string): Readonly<Record<string, string>> => ({
    "node_modules/next/package.json": JSON.stringify({ version }),
    [`apps/shop/${file}`]: `export default { ${origins} };`,
  });

  test.each([
    ["14.2.35", "next.config.ts", 15],
    ["15.5.29", "next.config.mts", 16],
  ])("%s reads no %s", (version, file, since) => {
    expect(reading(nextConfig("apps/shop"), project(files(version, file))).findings).toEqual([
      `error: "apps/shop/${file}" (apps/shop/${file}) is read by Next.js ${since} and later, and the application has version ` +
        `${version.slice(0, 2)} (unsupported-config): write next.config.mjs, or install a later version`,
    ]);
  });

  test.each([
    ["14.2.35", "next.config.mjs"],
    ["15.5.29", "next.config.ts"],
    ["16.4.6", "next.config.mts"],
    ["canary", "next.config.mts"],
  ])("%s reads %s", (version, file) => {
    expect(reading(nextConfig("apps/shop"), project(files(version, file)))).toEqual(found(`apps/shop/${file}`, 1));
  });
});

describe("how a configuration is evaluated cannot be said", () => {
  test.each([
    [{ mode: "../production" }, 'Invalid evaluate.mode "../production": expected a part of a file'],
    [{ mode: "production.local" }, 'nextConfig("shop") has "production.local", which differs between machines'],
    [
      { envFiles: [".env", "apps/shop/.env.local"] },
      'nextConfig("shop") has "apps/shop/.env.local", which differs between machines',
    ],
    [{ mode: "staging", envFiles: [".env"] }, 'nextConfig("shop") cannot have both mode and envFiles'],
    [
      { variables: { CI: "1" }, unset: ["CI"] },
      'nextConfig("shop") sets "CI" and lists it in unset: remove it from one of them',
    ],
    [{ timeoutSeconds: 0 }, "Invalid evaluate.timeoutSeconds 0: expected a number of seconds up to 3600, such as 60"],
    [{ timeoutSeconds: Number.NaN }, "Invalid evaluate.timeoutSeconds NaN: expected a number of seconds"],
  ])("as %j", (evaluate, message) => {
    expect(() => nextConfig("shop", { evaluate })).toThrow(message);
  });
});
