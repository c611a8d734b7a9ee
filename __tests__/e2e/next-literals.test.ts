import fc, { cases } from "../fast-check";
import { nextConfig, nextConfigKeys } from "../../lib/sources/next-config/next-config";
import { hostsOf } from "./next-comparison";
import { NextLoader, writeFiles } from "./next-loader";

/** A key that is there with one of these values, or not there at all. */
const some = (values: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<object> =>
  fc.record(values, { requiredKeys: [] });

/** Mostly what Next.js takes. */
const mostly = (usual: fc.Arbitrary<unknown>, ...others: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const locale = fc.constantFrom("en", "fr", "de");
const locales = mostly(
  fc.uniqueArray(locale, { minLength: 1 }),
  ["en", "EN"],
  ["en", "en"],
  ["en", 1],
  ["en", null],
  [],
  "en",
  null,
  {},
);
const domain = some({
  domain: mostly(
    fc.constantFrom("a.example.com", "b.example.com"),
    "https://a.example.com",
    "a.example.com:80",
    "",
    1,
    null,
  ),
  defaultLocale: mostly(locale, "", 1, null),
  locales: mostly(fc.array(locale, { maxLength: 1 }), ["en", 1], "en", null),
  http: fc.constant(true),
});
const i18n = mostly(
  some({
    locales,
    defaultLocale: mostly(locale, "", "it", 1, null),
    domains: mostly(
      fc.array(mostly(domain, null, "a.example.com", []), { maxLength: 3 }),
      "a.example.com",
      {},
      null,
      [],
    ),
    localeDetection: mostly(fc.boolean(), "no", 0, null),
  }),
  ...[null, false, 0, "", "en", 1, []],
);
const complete = fc.record({
  locales: fc.constant(["en", "fr", "de"]),
  defaultLocale: locale,
  domains: fc.array(
    fc.record({ domain: fc.constantFrom("a.example.com", "b.example.com", "c.example.com"), defaultLocale: locale }),
    { maxLength: 3 },
  ),
});
const config = fc.record(
  {
    i18n: fc.oneof(i18n, complete),
    output: mostly(fc.constant("standalone"), "export"),
    allowedDevOrigins: fc.constant(["dev.example.com"]),
  },
  { requiredKeys: ["i18n"] },
);

/** Keys that hold no hosts, and that Next.js checks all the same. */
const others = some({
  distDir: mostly(fc.constantFrom("build", " out "), "", " ", "public", 1, null, ["a"], {}),
  pageExtensions: mostly(fc.constant(["tsx", "ts"]), [], ["ts", 1], "ts", null, {}),
  assetPrefix: mostly(fc.constantFrom("", "https://cdn.example.com", "/a"), 1, null, {}, []),
  basePath: mostly(fc.constantFrom("", "/docs", "/a/b"), "/", "docs", "/docs/", 1, null, {}, []),
  target: mostly(fc.constant("server"), "serverless", "", null),
  images: mostly(
    some({
      domains: mostly(fc.constant(["img.example.com"]), "img.example.com", {}, null),
      remotePatterns: mostly(fc.constant([{ protocol: "https", hostname: "img.example.com" }]), "x", {}, null),
      unoptimized: fc.boolean(),
    }),
    ...["x", 5, 0, "", null, false],
  ),
  allowedDevOrigins: fc.constant(["dev.example.com"]),
});

const tables = ([14, 15, 16] as const).flatMap((version) => [
  { version, what: "i18n", configs: config, count: cases(300, 100) },
  { version, what: "other keys", configs: others, count: cases(60, 20) },
]);

test.each(tables)(
  "what Next.js $version refuses in $what is refused where it is written out, and nothing else is",
  async ({ version, configs, count }) => {
    const loader = new NextLoader(version);
    const counts = { taken: 0, refused: 0 };
    const differences: unknown[] = [];
    try {
      for (const value of fc.sample(configs, count)) {
        const root = loader.write({ "next.config.js": `module.exports = ${JSON.stringify(value, null, 2)};\n` });
        const { resolved, failure } = await loader.load(root, "phase-production-build");
        const source = nextConfig(".", { keys: nextConfigKeys, evaluate: false });
        const { addresses, findings } = source.read({ root, kind: "production" });
        const under = (key: string): readonly string[] =>
          addresses.filter(({ place }) => place.key === key).map(({ value: host }) => host);
        const errors = findings.filter(({ rule }) => rule !== "missing-key");
        counts[resolved === undefined ? "refused" : "taken"]++;
        const isSame =
          resolved === undefined
            ? errors.some(({ severity }) => severity === "error")
            : errors.length === 0 &&
              Object.entries(hostsOf(resolved)).every(([key, hosts]) => hosts.join() === under(key).join());
        if (!isSame) differences.push({ value, failure, resolved, addresses, errors });
      }
    } finally {
      loader.close();
    }
    expect(differences.slice(0, 3)).toEqual([]);
    expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(count / 5);
  },
);

const adapter = {
  "adapter.js": `
    exports.name = "adapter";
    exports.modifyConfig = (config) => ({
      ...config,
      experimental: { ...config.experimental, serverActions: { allowedOrigins: ["adapter.example.com"] } },
    });`,
};
const origins = `serverActions: { allowedOrigins: ["literal.example.com"] }`;

describe("an adapter that literals name", () => {
  test.each([
    [15, `experimental: { adapterPath: "ADAPTER", ${origins} }`],
    [16, `adapterPath: "ADAPTER", experimental: { ${origins} }`],
  ] as const)("changes them, as it does for Next.js %i", async (version, text) => {
    const loader = new NextLoader(version);
    try {
      const root = loader.write(adapter);
      const literals = `module.exports = { ${text.replace("ADAPTER", `${root}/adapter.js`)} };`;
      writeFiles(root, { "next.config.js": literals });
      const { resolved } = await loader.load(root, "phase-production-build");
      const { addresses, findings } = nextConfig(".").read({ root, kind: "production" });
      expect(findings).toEqual([]);
      expect(addresses.map(({ value }) => value)).toEqual(["adapter.example.com"]);
      expect(resolved?.experimental.serverActions?.allowedOrigins).toEqual(["adapter.example.com"]);
    } finally {
      loader.close();
    }
  });

  const literal = `module.exports = { experimental: { ${origins} } };`;
  const program = `const changed = { experimental: { ${origins} } };\nmodule.exports = changed;\nchanged.compress = true;`;

  test.each([
    ["the shell names it", literal, "", true, "adapter.example.com"],
    ["the shell names it, and the configuration is a program", program, "", true, "adapter.example.com"],
    ["an env file of Next.js names it", literal, ".env", false, "literal.example.com"],
    [
      "an env file of Next.js names it, and the configuration is a program",
      program,
      ".env",
      false,
      "literal.example.com",
    ],
    ["env-cmd sets it", literal, ".env.staging", false, "adapter.example.com"],
  ])("or only the environment, which counts from the start: %s", (_, text, file, isSet, host) => {
    const loader = new NextLoader(16);
    try {
      const root = loader.write({ ...adapter, "next.config.js": text });
      const path = `${root}/adapter.js`;
      if (file !== "") writeFiles(root, { [file]: `NEXT_ADAPTER_PATH=${path}\n` });
      const variables = isSet ? { NEXT_ADAPTER_PATH: path } : {};
      const evaluate = file === ".env.staging" ? { mode: "staging" } : { variables };
      const { addresses, findings } = nextConfig(".", { evaluate }).read({ root, kind: "production" });
      expect(findings).toEqual([]);
      expect(addresses.map(({ value }) => value)).toEqual([host]);
    } finally {
      loader.close();
    }
  });
});
