import { nextConfig, type NextConfigKey } from "../../../lib/sources";
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

describe("literals are found whatever the configuration is wrapped in", () => {
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
      `/** @type {import('next').NextConfig} */\nconst nextConfig = { ${origins} }\n\nmodule.exports = nextConfig\n`,
      2,
    ],
    ["CommonJS as a default export, in TypeScript", "next.config.ts", `exports.default = { ${origins} };`, 1],
    ["a named default export", "next.config.mjs", `const config = { ${origins} };\nexport { config as default };`, 1],
    ["export =", "next.config.ts", `const config = { ${origins} };\nexport = config;`, 1],
    [
      "satisfies",
      "next.config.ts",
      `import type { NextConfig } from "next";\nexport default { ${origins} } satisfies NextConfig;`,
      2,
    ],
    ["as", "next.config.ts", `export default ({ ${origins} } as NextConfig)!;`, 1],
    [
      "a function",
      "next.config.js",
      `module.exports = (phase, { defaultConfig }) => {\n  return { ...{}, ${origins} };\n};`,
      2,
    ],
    [
      "an async function",
      "next.config.mjs",
      `export default async function config() {\n  const nextConfig = { ${origins} };\n  return nextConfig;\n}`,
      2,
    ],
    ["a promise", "next.config.mjs", `export default Promise.resolve({ ${origins} });`, 1],
    ["an invoked function", "next.config.mjs", `export default (async () => ({ ${origins} }))();`, 1],
    ["an awaited wrapper", "next.config.mjs", `export default await withPlugin({ ${origins} });`, 1],
    ["a wrapped function", "next.config.mjs", `export default withPlugin(async () => ({ ${origins} }), "x");`, 1],
    [
      "MDX",
      "next.config.mjs",
      `import createMDX from '@next/mdx'\nconst nextConfig = { pageExtensions: ['md', 'mdx'], ${origins} }\nconst withMDX = createMDX({ options: { remarkPlugins: [] } })\nexport default withMDX(nextConfig)`,
      2,
    ],
    [
      "the bundle analyser",
      "next.config.js",
      `const withBundleAnalyzer = require('@next/bundle-analyzer')({ enabled: process.env.ANALYZE === 'true' })\nmodule.exports = withBundleAnalyzer({\n  ${origins},\n})`,
      3,
    ],
    [
      "next-intl",
      "next.config.ts",
      `import createNextIntlPlugin from 'next-intl/plugin';\nconst withNextIntl = createNextIntlPlugin('./src/i18n/request.ts');\nconst config = { ${origins} };\nexport default withNextIntl(config);`,
      3,
    ],
    [
      "Sentry",
      "next.config.ts",
      `export default withSentryConfig(withNextIntl(withMDX({ ${origins} })), {\n  org: "acme",\n  silent: !process.env.CI,\n});`,
      1,
    ],
    [
      "Sentry's wizard in CommonJS",
      "next.config.js",
      `const nextConfig = { ${origins} };\nmodule.exports = nextConfig;\n\nconst { withSentryConfig } = require("@sentry/nextjs");\nmodule.exports = withSentryConfig(module.exports, { org: "acme" });`,
      1,
    ],
    [
      "a list of plugins",
      "next.config.js",
      `module.exports = withPlugins([[withImages, { x: 1 }]], { ${origins} });`,
      1,
    ],
    [
      "plugins applied by reduce",
      "next.config.js",
      `const config = { ${origins} };\nmodule.exports = () => [a, b].reduce((acc, plugin) => plugin(acc), config);`,
      1,
    ],
    [
      "quoted and computed keys",
      "next.config.mjs",
      `export default { "experimental": { ["serverActions"]: { 'allowedOrigins': [\`shop.example.com\`] } } };`,
      1,
    ],
    [
      "constants of the same file",
      "next.config.mjs",
      `const domain = "example.com";\nconst hosts = { shop: \`shop.\${domain}\` };\nconst list = [hosts.shop];\nconst serverActions = { allowedOrigins: [...list] };\nexport default { experimental: { serverActions } };`,
      3,
    ],
    [
      "a name that a parameter hides elsewhere",
      "next.config.js",
      `const config = { webpack: (config) => { config = merge(config); config.plugins.push(x); return config; }, ${origins} };\nmodule.exports = config;`,
      1,
    ],
    [
      "a spread that does not have the key",
      "next.config.mjs",
      `const base = { reactStrictMode: true };\nexport default { ${origins}, ...base };`,
      2,
    ],
    ["JSX in JavaScript", "next.config.js", `const icon = <b/>;\nmodule.exports = { ${origins} };`, 2],
  ])("%s", (_, file, text, line) => {
    expect(read(text, file)).toEqual(found(file, line));
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

describe("a value that is computed is a finding with its line", () => {
  const list = (value: string): string => `const a = 1;\nexport default {\n  allowedDevOrigins: ${value},\n};`;
  test.each([
    ["a variable of the environment", "[process.env.TUNNEL]", "reads process.env.TUNNEL", 'envFile("…", "TUNNEL")'],
    ["one in brackets", "[process.env['TUNNEL'] ?? 'x.example.com']", "reads process.env.TUNNEL", "TUNNEL"],
    ["one that is split", "process.env.HOSTS.split(',')", "reads process.env.HOSTS", "HOSTS"],
    ["a call", "hosts()", "is the result of a call", "as literals"],
    ["a condition", "isDev ? ['a.example.com'] : []", "depends on a condition", "as literals"],
    ["a spread of a call", "[...hosts()]", "is the result of a call", "as literals"],
    ["a name that nothing defines", "[host]", "is computed", "as literals"],
  ])("%s", (_, value, why, remedy) => {
    const { addresses, findings } = read(list(value), "next.config.ts", "allowedDevOrigins");
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(/^error: .*\(next\.config\.ts:3 allowedDevOrigins\)/)]);
    expect(findings[0]).toContain(why);
    expect(findings[0]).toContain(remedy);
    expect(findings[0]).toContain("(computed-value)");
  });

  test.each([
    [
      "an import",
      "import { hosts } from './hosts.mjs';\nexport default { allowedDevOrigins: hosts };",
      "comes from another file",
    ],
    [
      "an imported member",
      "import cfg from './cfg.mjs';\nexport default { allowedDevOrigins: [cfg.host] };",
      "comes from another file",
    ],
    [
      "a whole configuration from elsewhere",
      "import { create } from './create.mjs';\nexport default create();",
      "is the result of a call",
    ],
    [
      "a merged configuration",
      "export default Object.assign({ allowedDevOrigins: ['x.example.com'] }, other());",
      "is the result of a call",
    ],
    [
      "an own function with an argument",
      "const wrap = (c) => ({});\nexport default wrap({ allowedDevOrigins: ['x.example.com'] });",
      "is the result of a call",
    ],
    [
      "a list that grows",
      "const list = ['x.example.com'];\nlist.push(process.env.X);\nexport default { allowedDevOrigins: list };",
      "is computed",
    ],
    [
      "a variable that changes",
      "let list = ['x.example.com'];\nif (a) list = [];\nexport default { allowedDevOrigins: list };",
      "is computed",
    ],
    [
      "a configuration that refers to itself",
      "const a = b; const b = a;\nexport default { allowedDevOrigins: a };",
      "is computed",
    ],
    [
      "a different one by phase",
      "export default (phase) => {\n  if (phase === 'x') return { allowedDevOrigins: ['x.example.com'] };\n  return {};\n};",
      "depends on a condition",
    ],
    [
      "a conditional spread",
      "export default { ...(isDev && { allowedDevOrigins: ['x.example.com'] }) };",
      "depends on a condition",
    ],
    ["a method", "export default { allowedDevOrigins() {} };", "is computed"],
  ])("%s", (_, text, why) => {
    const { addresses, findings } = read(text, "next.config.mjs", "allowedDevOrigins");
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(/^error: .*\(computed-value\)/)]);
    expect(findings[0]).toContain(why);
  });

  test("literals beside it are read all the same", () => {
    const { addresses, findings } = read(
      list("['a.example.com', process.env.B]"),
      "next.config.ts",
      "allowedDevOrigins",
    );
    expect(addresses).toEqual(["a.example.com <- next.config.ts:3 allowedDevOrigins"]);
    expect(findings).toHaveLength(1);
  });

  test("an assignment after the declaration", () => {
    const text =
      "const config = { allowedDevOrigins: ['a.example.com'] };\nconfig.allowedDevOrigins = hosts();\nmodule.exports = config;";
    expect(read(text, "next.config.js", "allowedDevOrigins").findings).toEqual([
      expect.stringContaining("(next.config.js:2 allowedDevOrigins) is assigned after its declaration"),
    ]);
  });

  test("a key that may be in something unknown is a warning", () => {
    const text = "import base from './base.mjs';\nexport default { ...base, reactStrictMode: true };";
    expect(read(text, "next.config.mjs", "allowedDevOrigins").findings).toEqual([
      expect.stringMatching(
        /^warning: .*\(next\.config\.mjs:2 allowedDevOrigins\) may be in what comes from another file/,
      ),
    ]);
  });
});

describe("the keys that are read", () => {
  const text = [
    "export default {",
    "  allowedDevOrigins: ['tunnel.example.com'],",
    "  i18n: { domains: [{ domain: 'example.fr' }] },",
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

  test("hold nothing in a new project, which is worth a warning", () => {
    expect(read("export default {};").findings).toEqual([expect.stringMatching(/^warning: .*\(missing-key\)/)]);
  });

  test("cannot be others", () => {
    const call = (): unknown => Reflect.apply(nextConfig, undefined, ["next.config.ts", { keys: ["images.domains"] }]);
    expect(call).toThrow('"images.domains"');
  });
});

describe("what cannot be read is a finding", () => {
  test("a syntax error, with its line", () => {
    expect(read("export default {\n  a: [,\n  b c\n};").findings).toEqual([
      'error: "next.config.ts" (next.config.ts:3) is no valid program: Unexpected token, expected "," (invalid-config): correct the file',
    ]);
  });

  test("a program that exports nothing", () => {
    expect(read("const config = {};").findings).toEqual([expect.stringContaining("it exports no configuration")]);
  });

  test.each(["next.config.cjs", "next.config.cts", "next.config.json"])("%s, which Next.js refuses", (file) => {
    expect(read("module.exports = {};", file).findings).toEqual([expect.stringContaining("(unsupported-config)")]);
  });

  test("a file that is not there", () => {
    expect(reading(nextConfig("shop/next.config.ts"), project({})).findings).toEqual([
      expect.stringContaining('"shop/next.config.ts" (shop/next.config.ts) does not exist (missing-file)'),
    ]);
  });

  test("a folder without one, naming the one above that Next.js would use", () => {
    const root = project({ "next.config.mjs": "export default {};", "apps/shop/package.json": "{}" });
    expect(reading(nextConfig("apps/shop"), root).findings).toEqual([
      'error: "apps/shop" (apps/shop) holds no next.config.js, next.config.mjs, next.config.ts, next.config.mts (missing-file): ' +
        "correct the path, which starts from the project's folder; Next.js uses next.config.mjs of a folder above: name that file",
    ]);
    expect(reading(nextConfig("."), project({})).findings).toEqual([expect.stringContaining("(missing-file)")]);
  });

  test("in a folder, the name that Next.js prefers wins", () => {
    const root = project({
      "next.config.js": `module.exports = { ${origins} }`,
      "next.config.ts": "export default {}",
    });
    expect(reading(nextConfig("."), root)).toEqual(found("next.config.js", 1));
  });
});

describe("plugins that are known to leave hosts alone are not evaluated", () => {
  test.each([
    [
      "next-intl",
      `import createNextIntlPlugin from "next-intl/plugin";\nconst wrap = createNextIntlPlugin("./src/i18n/request.ts");`,
    ],
    ["Sentry", `import { withSentryConfig } from "@sentry/nextjs";\nconst wrap = (withSentryConfig);`],
    ["MDX", `import createMDX from "@next/mdx";\nconst wrap = createMDX({ extension: /\\.mdx?$/ });`],
    [
      "the bundle analyser",
      `const wrap = require("@next/bundle-analyzer")({ enabled: process.env.ANALYZE === "true" });`,
    ],
    ["a PWA", `const { default: wrap } = await import("next-pwa");`],
    ["a promise", `const wrap = Promise.resolve;`],
  ])("%s", (_, lines) => {
    const text = `${lines}\nexport default wrap({ ${origins} });`;
    expect(reading(nextConfig("."), project({ "next.config.mjs": text }))).toEqual({
      addresses: [expect.stringContaining("shop.example.com <- next.config.mjs:")],
      findings: [],
    });
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
    [{ mode: "../production" }, 'has the mode "../production": write one such as "production"'],
    [{ mode: "production.local" }, 'has "production.local", which differs between machines'],
    [{ envFiles: [".env", "apps/shop/.env.local"] }, 'has "apps/shop/.env.local", which differs between machines'],
    [{ mode: "staging", envFiles: [".env"] }, "has a mode and env files: write the one or the others"],
    [{ timeoutSeconds: 0 }, "has timeoutSeconds 0: write a number of seconds, such as 60"],
    [{ timeoutSeconds: Number.NaN }, "has timeoutSeconds NaN"],
  ])("as %j", (evaluate, message) => {
    expect(() => nextConfig("shop", { evaluate })).toThrow(`nextConfig("shop") ${message}`);
  });
});
