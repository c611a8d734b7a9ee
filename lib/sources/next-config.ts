import { dirname, join } from "node:path";
import { type EnvironmentKind } from "../origins/environment-kind";
import { type Finding } from "../origins/finding";
import { type Place } from "../origins/place";
import { type AddressSource, type SourceContext, type SourceReading } from "./address-source";
import { type ConfigValue, readConfigValues } from "./config-values";
import { isOwnMachine, readDomain, readOrigin } from "./next-pattern";
import { isFolder, readTextFile, shownFile } from "./text-file";

/** The keys of a Next.js configuration that hold hosts of pages. */
export const nextConfigKeys = [
  "i18n.domains",
  "experimental.serverActions.allowedOrigins",
  "allowedDevOrigins",
] as const;

/** A key of a Next.js configuration that holds hosts of pages. */
export type NextConfigKey = (typeof nextConfigKeys)[number];

/** What is read from a Next.js configuration. */
export interface NextConfigOptions {
  /**
   * The keys to read. Each must be there.
   * @default those of the environment's kind that occur: `allowedDevOrigins` for development, the two others otherwise
   */
  readonly keys?: readonly NextConfigKey[];
}

/**
 * The hosts of pages that a Next.js configuration names as literals: `i18n.domains` (plain HTTP where `http` is true),
 * `experimental.serverActions.allowedOrigins` and `allowedDevOrigins`. They are read from the syntax tree; nothing is
 * executed. Wrappers such as `withSentryConfig(config)` are taken to leave these keys alone. A value that is computed
 * is a finding.
 *
 * The lists of origins are shared by all environments, so `localhost` in them is passed over outside development. There,
 * `*.example.com` and `**.example.com` become the wildcard address `*.example.com`: an
 * allowed domain admits every subdomain, however deep.
 *
 * @param path the file, or the folder of the application
 * @throws when a key is named that holds no hosts of pages
 * @example nextConfig("examples/storefront/next.config.ts")
 * @example nextConfig("examples/storefront", { keys: ["i18n.domains"] })
 */
export function nextConfig(path: string, options: NextConfigOptions = {}): AddressSource {
  const unknown = options.keys?.find((key) => !nextConfigKeys.includes(key));
  if (unknown !== undefined || path === "") {
    throw new Error(`nextConfig("${path}") cannot read "${unknown ?? ""}": write one of ${nextConfigKeys.join(", ")}`);
  }
  return { read: (context) => readNextConfig(path, options.keys, context) };
}

/** The names that Next.js looks for, in its order; `.ts` since 15, `.mts` since 16. */
const fileNames = ["next.config.js", "next.config.mjs", "next.config.ts", "next.config.mts"];

function readNextConfig(
  path: string,
  named: readonly NextConfigKey[] | undefined,
  { root, kind }: SourceContext,
): SourceReading {
  const candidates = isFolder(root, path) ? fileNames.map((name) => join(path, name)) : [path];
  const attempts = candidates.map((candidate) => readTextFile(root, candidate));
  const read =
    attempts.find((attempt) => attempt.ok || !attempt.missing) ?? attempts.find(() => candidates.length === 1);
  if (read === undefined) return nothing(missingConfig(root, path));
  if (!read.ok) return nothing(read.finding);
  const { file, text } = read;
  if (!/\.m?[jt]s$/.test(file)) return nothing(unsupported(file));

  const ofKind = nextConfigKeys.filter((key) => (key === "allowedDevOrigins") === (kind === "development"));
  const keys = named ?? ofKind;
  const values = readConfigValues(text, { isTypeScript: file.endsWith("ts"), keys });
  if (!values.ok) {
    const place = { file, line: values.line };
    const message = `"${file}" is no valid program: ${values.message}`;
    return nothing({
      rule: "invalid-config",
      severity: "error",
      value: file,
      place,
      message,
      remedy: "correct the file",
    });
  }
  const readings = keys.map((key) =>
    readKey(key, values.found.get(key) ?? [], { file, kind, isNamed: named !== undefined }),
  );
  const all = {
    addresses: readings.flatMap(({ addresses }) => addresses),
    findings: readings.flatMap(({ findings }) => findings),
  };
  if (named === undefined && all.addresses.length === 0 && all.findings.length === 0) {
    const message = `"${file}" holds no page address in ${keys.join(", ")}`;
    const remedy = "leave the source out, or name the keys to read: { keys: […] }";
    return nothing({ rule: "missing-key", severity: "warning", value: file, place: { file }, message, remedy });
  }
  return all;
}

function readKey(
  key: NextConfigKey,
  values: readonly ConfigValue[],
  { file, kind, isNamed }: { readonly file: string; readonly kind: EnvironmentKind; readonly isNamed: boolean },
): SourceReading {
  if (values.length === 0 && isNamed) {
    const remedy = "add it, or leave the key out";
    const message = `"${key}" is not in ${file}`;
    return nothing({ rule: "missing-key", severity: "error", value: key, place: { file, key }, message, remedy });
  }
  const addresses: { value: string; place: Place }[] = [];
  const findings: Finding[] = [];
  for (const found of values) {
    const place: Place = { file, line: found.line, key };
    if (found.kind === "computed") {
      const { why, variable, severity } = found;
      const message = `"${key}" ${why}, and nothing of it is executed`;
      const instead = variable === undefined ? "" : `, or read the variable: envFile("…", "${variable}")`;
      const remedy = `write the addresses out as literals or in the list of addresses${instead}`;
      findings.push({ rule: "computed-value", severity, value: key, place, message, remedy });
      continue;
    }
    const isDomain = key === "i18n.domains";
    const { address, problem } = isDomain ? readDomain(found) : readOrigin(found.text);
    // One list of origins serves every environment: there, a developer's own machine is no mistake.
    if (address !== undefined && !isDomain && kind !== "development" && isOwnMachine(address)) continue;
    if (address !== undefined) addresses.push({ value: address, place });
    const severity = address === undefined ? "error" : "warning";
    if (problem !== undefined)
      findings.push({ rule: "unsupported-pattern", severity, value: found.text, place, ...problem });
  }
  return { addresses, findings };
}

function missingConfig(root: string, folder: string): Finding {
  const file = shownFile(root, folder);
  const parent = parentConfig(root, folder);
  const message = `"${file}" holds no ${fileNames.join(", ")}`;
  const above = parent === undefined ? "" : `; Next.js uses ${parent} of a folder above: name that file`;
  const remedy = `correct the path, which starts from the project's folder${above}`;
  return { rule: "missing-file", severity: "error", value: file, place: { file }, message, remedy };
}

/** Next.js searches the folders above as well; here only those inside the project. */
function parentConfig(root: string, folder: string): string | undefined {
  const above = dirname(folder);
  if (above === folder || folder === "..") return undefined;
  const read = fileNames.map((name) => readTextFile(root, join(above, name))).find(({ ok }) => ok);
  return read?.file ?? parentConfig(root, above);
}

function unsupported(file: string): Finding {
  const message = `"${file}" is no configuration that Next.js reads`;
  const remedy = `name a file that it reads: ${fileNames.join(", ")}`;
  return { rule: "unsupported-config", severity: "error", value: file, place: { file }, message, remedy };
}

function nothing(finding: Finding): SourceReading {
  return { addresses: [], findings: [finding] };
}
