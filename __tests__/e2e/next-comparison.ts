import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "../fast-check";
import { formatFinding } from "../../lib/origins/finding";
import { nextConfig, type NextConfigKey, nextConfigKeys } from "../../lib/sources/next-config/next-config";
import { type SourceReading } from "../../lib/sources/address-source";
import { type GeneratedConfig, generatedConfig } from "../sources/next-config/config-generator";
import { type Format } from "../sources/next-config/program-pieces";
import { type NextVersion, type ResolvedHosts } from "./next-application";
import { NextLoader, writeFiles } from "./next-loader";

/** What a configuration may be written in, by the version of Next.js that reads it. */
export const formatsOf: Readonly<Record<NextVersion, readonly Format[]>> = {
  14: ["cjs", "esm", "package"],
  15: ["cjs", "esm", "package", "ts"],
  16: ["cjs", "esm", "package", "ts"],
};

/** How what the source reads compares with what Next.js resolves. */
export interface Comparison {
  /** `silent`: it differs, and no finding refuses it. */
  readonly outcome: "same" | "reported" | "silent";
  /** Whether Next.js takes the configuration, and everything in it is a host. */
  readonly isResolved: boolean;
  readonly kinds: readonly string[];
  /** For a message: the program, what Next.js resolved, what the source read. */
  readonly told: string;
}

const phases = [
  ["production", "phase-production-build"],
  ["development", "phase-development-server"],
] as const;

/** How many configurations are written before the first is read: the source evaluates them together. */
const together = 20;

/**
 * Compares generated configurations with what one version of Next.js resolves, and says what went wrong: so many of them, after
 * those that are passed over.
 */
export async function compareGenerated(version: NextVersion, count: number, passed = 0): Promise<readonly string[]> {
  const loader = new NextLoader(version);
  try {
    const configs = fc.sample(generatedConfig(formatsOf[version]), passed + count).slice(passed);
    return problemsOf(await compareAll(loader, configs));
  } finally {
    loader.close();
  }
}

/**
 * Reads so many generated configurations in TypeScript where Next.js is installed and where nothing is, and says which differ. What
 * Next.js refuses is left out: nothing else than itself would know.
 */
export function compareWithoutNext(version: NextVersion, count: number): readonly string[] {
  const loader = new NextLoader(version);
  const bare = realpathSync(mkdtempSync(join(tmpdir(), "without-next-")));
  try {
    return fc.sample(generatedConfig(["ts"]), count).flatMap(({ files }, index) => {
      const [installed, assumed] = [loader.write(files), writeFiles(join(bare, String(index)), files)].map((root) => {
        const source = nextConfig(".", { keys: nextConfigKeys, evaluate: { unset: ["*"] } });
        const reading = source.read({ root, kind: "production" });
        const findings = reading.findings.filter(({ rule }) => rule !== "missing-key").map(({ rule }) => rule);
        return { hosts: JSON.stringify(hostsIn(reading)), findings };
      });
      if (installed === undefined || assumed === undefined || installed.findings.includes("failed-config")) return [];
      const isSame = installed.hosts === assumed.hosts && assumed.findings.every((rule) => rule === "assumed-version");
      return isSame ? [] : [`${files["next.config.ts"] ?? ""}\n// ${installed.hosts}\n// ${assumed.hosts}`];
    });
  } finally {
    loader.close();
    rmSync(bare, { recursive: true });
  }
}

/** What a comparison must not come to: a silent difference, and a refusal of what Next.js takes. */
function problemsOf(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons
    .filter(({ outcome, isResolved }) => outcome === "silent" || (outcome === "reported" && isResolved))
    .map(({ told }) => told);
}

/** Compares configurations in both phases. */
export async function compareAll(
  loader: NextLoader,
  configs: readonly GeneratedConfig[],
): Promise<readonly Comparison[]> {
  const comparisons: Comparison[] = [];
  for (let start = 0; start < configs.length; start += together) {
    const written = configs.slice(start, start + together).flatMap((config) =>
      phases.map(([kind, phase]) => {
        const root = loader.write(config.files);
        const source = nextConfig(".", { keys: nextConfigKeys });
        source.prepare?.({ root, kind });
        return { config, root, kind, phase, source };
      }),
    );
    for (const { config, root, kind, phase, source } of written) {
      const { resolved, failure } = await loader.load(root, phase);
      const expected = resolved === undefined ? undefined : hostsOf(resolved);
      comparisons.push(
        comparison(
          config,
          expected,
          source.read({ root, kind }),
          `Next.js ${loader.version}, ${phase}: ${failure ?? ""} `,
        ),
      );
    }
  }
  return comparisons;
}

function comparison(
  { files, kinds }: GeneratedConfig,
  expected: Hosts | undefined,
  reading: SourceReading,
  title: string,
): Comparison {
  const hosts = hostsIn(reading);
  const findings = reading.findings.filter(({ rule }) => rule !== "missing-key");
  const isSame = expected !== undefined && JSON.stringify(hosts) === JSON.stringify(expected);
  const isRefused = findings.some(({ severity, rule }) => severity === "error" && rule !== "unset-variable");
  return {
    outcome: isRefused ? "reported" : isSame ? "same" : "silent",
    // A hole in a list is what Next.js takes and no host.
    isResolved: expected !== undefined && !JSON.stringify(expected).includes("null"),
    kinds,
    told: [
      ...Object.entries(files)
        .filter(([name]) => !name.startsWith(".env"))
        .map(([name, text]) => `// ${name}\n${text}`),
      `// ${title}${JSON.stringify(expected)}`,
      `// the source: ${JSON.stringify(hosts)}`,
      ...findings.map((finding) => `// ${finding.severity}: ${formatFinding(finding)}`),
    ].join("\n"),
  };
}

type Hosts = Readonly<Record<NextConfigKey, readonly string[]>>;

/** The addresses under each key, as the configuration that Next.js resolved has them. */
export function hostsOf({ i18n, allowedDevOrigins, experimental }: ResolvedHosts): Hosts {
  return {
    "i18n.domains": (i18n?.domains ?? []).map(({ domain, http }) => (http === true ? `http://${domain}` : domain)),
    "experimental.serverActions.allowedOrigins": experimental.serverActions?.allowedOrigins ?? [],
    allowedDevOrigins: allowedDevOrigins ?? [],
  };
}

function hostsIn({ addresses }: SourceReading): Hosts {
  const under = (key: NextConfigKey): readonly string[] =>
    addresses.filter(({ place }) => place.key === key).map(({ value }) => value);
  return {
    "i18n.domains": under("i18n.domains"),
    "experimental.serverActions.allowedOrigins": under("experimental.serverActions.allowedOrigins"),
    allowedDevOrigins: under("allowedDevOrigins"),
  };
}
