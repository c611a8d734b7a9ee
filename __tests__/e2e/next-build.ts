import { type EnvironmentKind } from "../../lib/origins/rule";
import { formatFinding } from "../../lib/origins/finding";
import { nextConfig, type NextConfigKey, nextConfigKeys } from "../../lib/sources/next-config/next-config";
import { NextApplication, type NextVersion, type ResolvedHosts } from "./next-application";
import { type ConfigShape, shapes } from "./next-config-shapes";

/** The addresses under a key, as the configuration that Next.js resolved has them. */
function resolved({ i18n, allowedDevOrigins, experimental }: ResolvedHosts, key: NextConfigKey): readonly string[] {
  switch (key) {
    case "i18n.domains":
      return (i18n?.domains ?? []).map(({ domain, http }) => (http === true ? `http://${domain}` : domain));
    case "experimental.serverActions.allowedOrigins":
      return experimental.serverActions?.allowedOrigins ?? [];
    case "allowedDevOrigins":
      return allowedDevOrigins ?? [];
  }
}

/** The addresses under each key, as the source reads them, and what it has to say. */
function read(root: string, kind: EnvironmentKind, keys: readonly NextConfigKey[]): object {
  const { addresses, findings } = nextConfig(".", { keys, evaluate: { unset: ["*"] } }).read({ root, kind });
  const under = (key: NextConfigKey): readonly string[] =>
    addresses.filter(({ place }) => place.key === key).map(({ value }) => value);
  return { ...Object.fromEntries(keys.map((key) => [key, under(key)])), findings: findings.map(formatFinding) };
}

/** A configuration of variables that each file defines in another way. */
const staging: Readonly<Record<string, string>> = {
  ".env.staging":
    "HOST=staging.example.com\nA=a.$HOST\nB='b.staging.example.com' # note\nexport C=c.staging.example.com\nD: d.staging.example.com\n",
  ".env.production": "C=c.$HOST\nD=d.production.example.com\nE=e.$HOST\n",
  ".env.development": "C=c.dev.$HOST\nD=d.development.example.com\nE=e.dev.$HOST\n",
  ".env.test": "C=c.test.$HOST\nD=d.test.example.com\nE=e.test.$HOST\n",
  ".env": "F=f.$HOST\nG=g.${NODE_ENV}.example.com\n",
  "next.config.mjs": `
    const hosts = ["A", "B", "C", "D", "E", "F", "G"].map((name) => process.env[name].replace("$", ""));
    hosts.push((process.env["export C"] ?? "none.example.com"), process.env.NODE_ENV + ".example.com");
    export default { allowedDevOrigins: hosts, experimental: { serverActions: { allowedOrigins: hosts } } };`,
};

function expectSame(root: string, kind: EnvironmentKind, config: ResolvedHosts): void {
  const keys = nextConfigKeys.filter((key) => resolved(config, key).length > 0);
  expect(keys).not.toEqual([]);
  const expected = Object.fromEntries(keys.map((key) => [key, resolved(config, key)]));
  expect(read(root, kind, keys)).toEqual({ ...expected, findings: [] });
  for (const key of nextConfigKeys.filter((key) => !keys.includes(key))) {
    expect(nextConfig(".", { keys: [key] }).read({ root, kind }).addresses).toEqual([]);
  }
}

const shapesOf = (version: NextVersion): readonly ConfigShape[] =>
  shapes.filter(({ since = 14, last = 16 }) => since <= version && version <= last);

/** What Next.js resolves, by the function that `next build` and `next dev` call. */
export function readsWhatNextResolves(version: NextVersion): void {
  test.each(shapesOf(version))("from $name", ({ files }: ConfigShape) => {
    const application = new NextApplication(version, files);
    try {
      expectSame(application.folder, "production", application.load("phase-production-build"));
      expectSame(application.folder, "development", application.load("phase-development-server"));
    } finally {
      application.remove();
    }
  });

  test.each([
    ["", "", []],
    ["--recursive", "", ["--recursive"]],
    ["NODE_ENV=test in it", "NODE_ENV=test\n", []],
    ["a NODE_ENV of its own", "NODE_ENV=staging\n", []],
    ["an empty NODE_ENV", "NODE_ENV=\n", ["--recursive"]],
  ])("that env-cmd starts with the file of a mode: %s", (_, more, flags) => {
    const files = { ...staging, ".env.staging": `${staging[".env.staging"] ?? ""}${more}` };
    const application = new NextApplication(version, files);
    try {
      const envCmd = ["-f", ".env.staging", ...flags];
      const evaluate = { mode: "staging", recursive: flags.length > 0, unset: ["*"] };
      const key = "experimental.serverActions.allowedOrigins";
      for (const kind of ["staging", "development"] as const) {
        const phase = kind === "development" ? "phase-development-server" : "phase-production-build";
        const { addresses } = nextConfig(".", { keys: [key], evaluate }).read({ root: application.folder, kind });
        expect(addresses.map(({ value }) => value)).toEqual(resolved(application.load(phase, envCmd), key));
      }
    } finally {
      application.remove();
    }
  });
}

/**
 * What `next build` writes down itself; each build takes seconds.
 *
 * @param most how many of the shapes are built, from the last one on
 */
export function readsWhatNextBuildWrites(version: NextVersion, most = Number.POSITIVE_INFINITY): void {
  test.each(
    shapesOf(version)
      .filter(({ isBuilt = false }) => isBuilt)
      .slice(-most),
  )("and next build writes down from $name", ({ files }) => {
    const application = new NextApplication(version, files);
    try {
      expectSame(application.folder, "production", application.build());
    } finally {
      application.remove();
    }
  });

  test("and next build writes down where env-cmd starts it", () => {
    const application = new NextApplication(version, staging);
    try {
      const source = nextConfig(".", { evaluate: { mode: "staging", unset: ["*"] } });
      const { addresses } = source.read({ root: application.folder, kind: "staging" });
      const config = application.build(["-f", ".env.staging"]);
      const expected = resolved(config, "experimental.serverActions.allowedOrigins");
      expect(addresses.map(({ value }) => value)).toEqual(expected);
    } finally {
      application.remove();
    }
  });
}
