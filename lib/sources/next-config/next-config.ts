import { dirname } from "node:path";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { checkOptions, isPath, sourceOptions } from "../call-check";
import { leavingOut, type SourceOptions } from "../leave-out";
import { combine, type EntryRules, readEvaluated, readWritten } from "./config-addresses";
import { type ConfigEvaluation } from "./config-evaluation-options";
import { checkEvaluation, type Evaluated, evaluateWhereAllowed } from "./config-run";
import { inVain } from "./config-failure";
import { type ConfigValue } from "./config-entry";
import { readConfigValues } from "./config-values";
import { readNextConfigFile } from "./next-config-file";
import { readDomain, readOrigin } from "./next-pattern";

/** The keys of a Next.js configuration that hold hosts of pages. */
export const nextConfigKeys = [
  "i18n.domains",
  "experimental.serverActions.allowedOrigins",
  "allowedDevOrigins",
] as const;

/** A key of a Next.js configuration that holds hosts of pages. */
export type NextConfigKey = (typeof nextConfigKeys)[number];

/** What is read from a Next.js configuration, and how. */
export interface NextConfigOptions extends SourceOptions {
  /**
   * The keys to read. Each must be there.
   * @default those of the environment's kind that occur: `allowedDevOrigins` for development, the two others otherwise
   */
  readonly keys?: readonly NextConfigKey[];
  /**
   * Whether what no literal tells is evaluated, and in which environment. Forbidden, a value that is computed is a finding.
   * @default true
   */
  readonly evaluate?: boolean | ConfigEvaluation;
}

/**
 * The hosts of pages that a Next.js configuration names: `i18n.domains` (plain HTTP where `http` is true),
 * `experimental.serverActions.allowedOrigins` and `allowedDevOrigins`. Literals are read from the syntax tree, each with its
 * line, and nothing is executed. Where a value is computed, or the configuration goes through a function that is not known
 * to leave the hosts alone, it is evaluated as `next build` (for development `next dev`) does: in a process of its own, in
 * the application's folder, with the variables of its env files and none of this process. Files that end in `.local` are
 * not read. What the configuration prints goes nowhere, and only the hosts come back. A configuration that fails, never ends
 * or misses a variable is a finding. To be the same on every machine, it must itself depend on nothing but its files.
 *
 * The lists of origins are shared by all environments, so `localhost` in them is passed over outside development. There,
 * `*.example.com` and `**.example.com` become the wildcard address `*.example.com`: an
 * allowed domain admits every subdomain, however deep.
 *
 * @param path the file, or the folder of the application
 * @throws when a key is named that holds no hosts of pages, or the options of the evaluation are of the wrong form
 * @example nextConfig("examples/storefront/next.config.ts")
 * @example nextConfig("examples/storefront", { keys: ["i18n.domains"] })
 * @example nextConfig("examples/storefront", { evaluate: { mode: "staging" } }) // .env.staging, .env.production, .env
 * @example nextConfig("examples/storefront", { evaluate: false }) // literals alone
 */
export function nextConfig(path: string, options: NextConfigOptions = {}): AddressSource {
  if (!isPath(path)) throw new Error('nextConfig names no file: write a path, such as "next.config.ts"');
  checkOptions(`nextConfig("${path}")`, options, { keys: "list", evaluate: "anything", ...sourceOptions });
  const unknown = options.keys?.find((key) => !nextConfigKeys.includes(key));
  if (unknown !== undefined)
    throw new Error(`nextConfig("${path}") cannot read "${unknown}": write one of ${nextConfigKeys.join(", ")}`);
  checkEvaluation(`nextConfig("${path}")`, options.evaluate);
  return leavingOut(options.leaveOut, { read: (context) => readNextConfig(path, options, context) });
}

function readNextConfig(
  given: string,
  { keys: named, evaluate }: NextConfigOptions,
  { root, kind }: SourceContext,
): SourceReading {
  const located = readNextConfigFile(root, given);
  if (!located.ok) return nothing(located.finding);
  const { file, text } = located;
  const ofKind = nextConfigKeys.filter((key) => (key === "allowedDevOrigins") === (kind === "development"));
  const keys = named ?? ofKind;
  const values = readConfigValues(text, { isTypeScript: file.endsWith("ts"), keys });
  if (!values.ok) return nothing(invalid(file, values.line, values.message));
  if (!values.isWhole && evaluate === false) return nothing(invalid(file, 1, "it exports no configuration"));
  const { path } = located;
  const subject = { root, kind, file, text, path, application: dirname(path), parts: "config" } as const;
  const evaluated = evaluateWhereAllowed(values, evaluate, subject);
  const isNamed = named !== undefined;
  const readings = keys.map((key) => readKey(key, values.found.get(key) ?? [], { file, kind, isNamed, evaluated }));
  const all = combine([...readings, { addresses: [], findings: evaluated?.findings ?? [] }]);
  if (isNamed || all.addresses.length > 0 || all.findings.length > 0) return all;
  const vain = evaluated?.ok === true ? inVain(evaluated.missing, evaluated.environment) : "";
  const message = `"${file}" holds no page address in ${keys.join(", ")}${vain}`;
  const remedy = "leave the source out, or name the keys to read: { keys: […] }";
  return nothing({ rule: "missing-key", severity: "warning", value: file, place: { file }, message, remedy });
}

interface KeyContext {
  readonly file: string;
  readonly kind: EnvironmentKind;
  readonly isNamed: boolean;
  readonly evaluated: Evaluated | undefined;
}

function readKey(
  key: NextConfigKey,
  values: readonly ConfigValue[],
  { file, kind, isNamed, evaluated }: KeyContext,
): SourceReading {
  const isDomain = key === "i18n.domains";
  const rules: EntryRules = { file, key, kind, meaning: isDomain ? readDomain : readOrigin, isShared: !isDomain };
  const found = evaluated?.ok === true ? evaluated.found.get(key) : undefined;
  if (evaluated?.ok === true && found !== undefined) return readEvaluated(found, { ...evaluated, values }, rules);
  // Without an evaluation what is computed is a finding; where one failed, that has been said once for the file.
  const written = evaluated === undefined ? values : values.filter((value) => value.kind === "literal");
  const isThere = evaluated?.ok === true ? false : values.length > 0;
  if (isThere) return readWritten(written, rules);
  if (!isNamed) return combine([]);
  const message = `"${key}" is not in ${file}`;
  const remedy = "add it, or leave the key out";
  return nothing({ rule: "missing-key", severity: "error", value: key, place: { file, key }, message, remedy });
}

function invalid(file: string, line: number, what: string): Finding {
  const message = `"${file}" is no valid program: ${what}`;
  const remedy = "correct the file";
  return { rule: "invalid-config", severity: "error", value: file, place: { file, line }, message, remedy };
}

function nothing(finding: Finding): SourceReading {
  return { addresses: [], findings: [finding] };
}
