import { type EnvironmentKind } from "../../lib/origins/rule";
import { formatFinding } from "../../lib/origins/finding";
import { nextConfig, type NextConfigKey, nextConfigKeys } from "../../lib/sources/next-config/next-config";
import { NextApplication, type NextVersion, type ResolvedHosts } from "./next-application";
import { type ConfigShape, shapes } from "./next-config-shapes";
import { NextLoader } from "./next-loader";

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

const phases = [
  ["production", "phase-production-build"],
  ["development", "phase-development-server"],
] as const;

/**
 * What Next.js resolves, by the function that `next build` and `next dev` call, in one process for all shapes. An older version is asked
 * for its own shapes, and for one of each kind that is built.
 */
export function readsWhatNextResolves(version: NextVersion): void {
  const loader = new NextLoader(version);
  const evaluate = { unset: ["*"] };
  /** They are evaluated together when the first of them is read. */
  const isTried = ({ last, since, isBuilt = false }: ConfigShape): boolean =>
    version === 16 || last === version || since === version || isBuilt;
  const prepared = shapesOf(version)
    .filter(isTried)
    .map((shape) => ({
      ...shape,
      written: phases.map(([kind, phase]) => ({ kind, phase, root: loader.write(shape.files) })),
    }));
  beforeAll(() => {
    for (const { kind, root } of prepared.flatMap(({ written }) => written)) {
      nextConfig(".", { keys: nextConfigKeys, evaluate }).prepare?.({ root, kind });
    }
  });
  afterAll(() => {
    loader.close();
  });

  test.each(prepared)("from $name", async ({ written }) => {
    for (const { kind, phase, root } of written) {
      const { resolved: config, failure } = await loader.load(root, phase);
      if (config === undefined) throw new Error(failure);
      expectSame(root, kind, config);
    }
  });
}

/** The same of a process for each shape. */
export function readsWhatNextResolvesAlone(version: NextVersion): void {
  test.each(shapesOf(version))("from $name", ({ files }: ConfigShape) => {
    const application = new NextApplication(version, files);
    try {
      for (const [kind, phase] of phases) expectSame(application.folder, kind, application.load(phase));
    } finally {
      application.remove();
    }
  });
}

/** A file that env-cmd reads before Next.js does: what it adds to `staging`, and the flags of env-cmd. */
type EnvCmdRow = readonly [title: string, more: string, flags: readonly string[]];

const envCmdRows: readonly EnvCmdRow[] = [
  ["an empty NODE_ENV", "NODE_ENV=\n", ["--recursive"]],
  ["NODE_ENV=test in it", "NODE_ENV=test\n", []],
  ["", "", []],
  ["--recursive", "", ["--recursive"]],
  ["its own NODE_ENV", "NODE_ENV=staging\n", []],
];

/**
 * What Next.js resolves where env-cmd starts it.
 *
 * @param most how many of the rows are tried
 */
export function readsWhatEnvCmdStarts(version: NextVersion, most = Number.POSITIVE_INFINITY): void {
  test.each(envCmdRows.slice(0, most))("that env-cmd starts with the file of a mode: %s", (_, more, flags) => {
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
}

/** The same where env-cmd starts the build. */
export function readsWhatAnEnvCmdBuildWrites(version: NextVersion): void {
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
