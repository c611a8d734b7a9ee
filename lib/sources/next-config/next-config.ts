import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { hasProperties } from "../../base/errors";
import { redact } from "../../base/redact";
import { listOf, object, oneOf, texts } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, pathTo } from "../call-site";
import { splitValue } from "../env/variable-selection";
import { isFolder, readTextFile, shownFile } from "../formats/text-file";
import { leavingOut, sourceFields, type SourceOptions } from "../leave-out";
import { lockedConfig, pulledFields } from "../lock/lock-file";
import { combine, readEntries, skippedValidation } from "./config-addresses";
import { type ConfigEvaluation, evaluateShape } from "./config-environment";
import { type EvaluatedEntry } from "./config-evaluation";
import {
  isLiteralList,
  isLiteralRecord,
  type LiteralValue,
  type ModuleSystem,
  parseProgram,
  wholeExport,
} from "./config-literals";
import {
  checkEvaluation,
  type ConfigReading,
  evaluateLater,
  type EvaluationSubject,
  readConfig,
  refusedConfig,
  type WrittenConfig,
} from "./config-run";
import { readDomain, readOrigin, readVariable } from "./next-pattern";

/** A configuration's file, or why it is missing. */
type NextConfigFile =
  | {
      readonly ok: true;
      /** Its name as a place shows it. */
      readonly file: string;
      readonly text: string;
      /** Its path, which starts from the project's folder. */
      readonly path: string;
      /** The folder of the application, whose env files count; it starts there too. */
      readonly application: string;
    }
  | { readonly ok: false; readonly finding: Finding };

/** The names that Next.js looks for, in its order, each with the first version that does. */
const firstVersion = new Map([
  ["next.config.js", 0],
  ["next.config.mjs", 0],
  ["next.config.ts", 15],
  ["next.config.mts", 16],
]);
const fileNames = [...firstVersion.keys()];

/**
 * Finds and reads the configuration that a path means: the file itself, or the folder of the application. Where that holds none, Next.js
 * takes the nearest one of the folders above; here only those inside the project count.
 */
function readNextConfigFile(root: string, path: string): NextConfigFile {
  const isApplication = isFolder(root, path);
  const application = isApplication ? path : dirname(path);
  const candidates = isApplication
    ? foldersFrom(path).flatMap((folder) => fileNames.map((name) => join(folder, name)))
    : [path];
  const attempts = candidates.map((candidate) => ({ candidate, read: readTextFile(root, candidate) }));
  const attempt = attempts.find(({ read }) => read.ok || !read.missing) ?? attempts.find(() => candidates.length === 1);
  if (attempt === undefined) return { ok: false, finding: missingConfig(root, path) };
  const { candidate, read } = attempt;
  if (!read.ok) return { ok: false, finding: read.finding };
  const finding = unsupported(read.file, resolve(root, application));
  return finding === undefined
    ? { ok: true, file: read.file, text: read.text, path: candidate, application }
    : { ok: false, finding };
}

function missingConfig(root: string, folder: string): Finding {
  const file = shownFile(root, folder);
  const message = `"${file}" holds no ${fileNames.join(", ")}`;
  const remedy = "correct the path, which starts from the project's folder";
  return { rule: "missing-file", severity: "error", value: file, place: { file }, message, remedy };
}

/** A folder and those above it, as far as the project goes. */
function foldersFrom(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder || isAbsolute(folder) || normalize(folder).startsWith("..")
    ? [folder]
    : [folder, ...foldersFrom(above)];
}

/** What no version of Next.js reads, or not the one that the application has installed. */
function unsupported(file: string, application: string): Finding | undefined {
  const refuse = (message: string, remedy: string): Finding => {
    return { rule: "unsupported-config", severity: "error", value: file, place: { file }, message, remedy };
  };
  if (!/\.m?[jt]s$/.test(file)) {
    const remedy = `name a file that it reads: ${fileNames.join(", ")}`;
    return refuse(`"${file}" is not a configuration that Next.js reads`, remedy);
  }
  const since = firstVersion.get(basename(file)) ?? 0;
  const installed = since === 0 ? undefined : installedVersion(application);
  if (installed === undefined || installed >= since) return undefined;
  const message = `"${file}" is read by Next.js ${since} and later, and the application has version ${installed}`;
  return refuse(message, "write next.config.mjs, or install a later version");
}

/** How a file says what it exports, as Node.js decides it: by its ending, or by the package that a `.js` file is a part of. */
function moduleSystemOf(root: string, path: string): ModuleSystem {
  if (path.endsWith(".ts")) return "typescript";
  if (!path.endsWith(".js")) return "ecmascript";
  return packageType(dirname(realpathSync.native(resolve(root, path)))) === "module" ? "ecmascript" : "commonjs";
}

function packageType(folder: string): unknown {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return hasProperties(manifest) ? manifest["type"] : undefined;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : packageType(above);
  }
}

/** The major version of Next.js that an application has installed, or a folder above it. */
function installedVersion(folder: string): number | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "node_modules", "next", "package.json"), "utf8"));
    if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return undefined;
    const major = Number.parseInt(String(manifest.version), 10);
    return Number.isNaN(major) ? undefined : major;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : installedVersion(above);
  }
}

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
   * The variables of `env` in the configuration that hold the address of a page, besides the keys. Each must be there.
   * @default none
   * @example ["NEXT_PUBLIC_SITE_URL"]
   */
  readonly variables?: readonly string[];
  /**
   * Whether a configuration that is more than one object of literals is evaluated, and in which environment. Forbidden, such a
   * configuration is a finding.
   * @default true
   */
  readonly evaluate?: boolean | ConfigEvaluation;
  /**
   * Whether the hosts are read from the lock file, which `npx origins pull` writes by evaluating the configuration. Synthesis then
   * needs neither the application's packages nor its program.
   * @default false
   */
  readonly pulled?: boolean;
  /**
   * The lock file, where the hosts are pulled.
   * @default "origins.lock.json"
   */
  readonly lock?: string;
}

/**
 * The hosts of pages that a Next.js configuration names: `i18n.domains` (plain HTTP where `http` is true),
 * `experimental.serverActions.allowedOrigins` and `allowedDevOrigins`, and variables of its `env`. A file that exports one object of
 * literals, and holds nothing else but types and comments, is read as it is written. Every other one is evaluated, as `next build`
 * (for development `next dev`) of the installed version does: in a separate process, in the application's folder, with the
 * variables of its env files and none of this process. Files that end in `.local` are not read. What the configuration prints goes
 * nowhere, and only the hosts come back, each with its line where it is written as a literal.
 *
 * Where a configuration computes hosts, `pulled` is recommended: `npx origins pull` evaluates it once, and the lock file is reviewed
 * and committed; the application's pipeline runs `npx origins pull --check`.
 *
 * A configuration that fails or never ends is an error. A variable that it reads and that is not set is a finding, an error where a
 * hosting platform sets it. To be the same on every machine, it must itself depend on nothing but its files. Evaluation runs the
 * program with the rights of this process: it is not a security boundary (docs/next-config.md).
 *
 * The lists of origins are shared by all environments, so `localhost` in them is passed over outside development. There,
 * `*.example.com` and `**.example.com` become the wildcard address `*.example.com`: an
 * allowed domain admits every subdomain, however deep.
 *
 * @param path the file, or the folder of the application: like Next.js, it takes the nearest configuration from there upwards, and the
 *   env files of that folder
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example nextConfig("examples/storefront/next.config.ts")
 * @example nextConfig("examples/storefront", { keys: ["i18n.domains"] })
 * @example nextConfig("examples/storefront", { variables: ["NEXT_PUBLIC_SITE_URL"] }) // env: { NEXT_PUBLIC_SITE_URL: "https://…" }
 * @example nextConfig("examples/storefront", { evaluate: { mode: "staging" } }) // env-cmd -f .env.staging -- next build
 * @example nextConfig("examples/storefront", { evaluate: { variables: { VERCEL_ENV: "production" }, unset: ["ANALYZE"] } })
 * @example nextConfig("examples/storefront", { pulled: true }) // from origins.lock.json
 * @example nextConfig("examples/storefront", { evaluate: false }) // one object of literals, or a finding
 */
export function nextConfig(path: string, options: NextConfigOptions = {}): AddressSource {
  const call = callOf("nextConfig", path);
  checkGiven(call, [
    ["path", pathTo('a file, such as "next.config.ts"'), path],
    ["options", optionsShape, options],
  ]);
  checkEvaluation(call, options.evaluate);
  const { keys, variables, evaluate, pulled, lock, leaveOut } = options;
  const source = leavingOut(leaveOut, {
    read: (context) => readNextConfig(path, options, context),
    prepare: (context) => {
      evaluateLater(() => {
        const located = locate(path, options, context);
        return "subject" in located ? { ...located, written: writtenConfig(located.subject) } : undefined;
      }, evaluate);
    },
  });
  if (pulled !== true) return source;
  const selected = [...(keys ?? []), ...(variables ?? []).map((name) => `env.${name}`)];
  return lockedConfig({ call: "nextConfig", path, lock, evaluate, selected, leaveOut }, source);
}

const optionsShape = object<NextConfigOptions>({
  keys: listOf(oneOf(nextConfigKeys)),
  variables: texts,
  evaluate: evaluateShape,
  ...pulledFields,
  ...sourceFields,
});

function locate(
  given: string,
  { variables: wanted = [] }: NextConfigOptions,
  { root, kind }: SourceContext,
): { readonly subject: EvaluationSubject } | { readonly finding: Finding } {
  const located = readNextConfigFile(root, given);
  if (!located.ok) return { finding: located.finding };
  const { file, text, path, application } = located;
  return { subject: { root, kind, file, text, path, application, parts: "config", wanted } };
}

function readNextConfig(given: string, options: NextConfigOptions, context: SourceContext): SourceReading {
  const located = locate(given, options, context);
  if ("finding" in located) return nothing(located.finding);
  const { subject } = located;
  const { file, kind, wanted } = subject;
  const ofKind = nextConfigKeys.filter((key) => (key === "allowedDevOrigins") === (kind === "development"));
  const keys = options.keys ?? ofKind;
  const config = readConfig(writtenConfig(subject), options.evaluate, subject);
  if (!config.ok) return nothing(...config.findings);
  const readings = [
    ...keys.map((key) => readKey(key, config, subject, options.keys !== undefined)),
    ...wanted.map((name) => readKey(`env.${name}`, config, subject, true)),
  ];
  // What a key of hosts holds says it in more detail.
  const isWrong = ({ rule, severity }: Finding): boolean => severity === "error" && rule !== "missing-key";
  const isTold = readings.some(({ findings }) => findings.some(isWrong));
  if (config.refused !== undefined && !isTold) return nothing(config.refused, ...config.findings);
  const skipped = config.skipsValidation ? [skippedValidation(readings, file)] : [];
  const all = combine([...readings, nothing(...config.findings), ...skipped]);
  const isNamed = options.keys !== undefined || wanted.length > 0;
  if (isNamed || all.addresses.length > 0 || readings.some(({ findings }) => findings.length > 0)) return all;
  const message = `"${file}" holds no page address in ${keys.join(", ")}${config.vain}`;
  const remedy = "leave the source out, or name the keys to read: { keys: […] }";
  const missing = { rule: "missing-key", severity: "warning", value: file, place: { file }, message, remedy } as const;
  return combine([all, nothing(missing)]);
}

function readKey(
  key: string,
  { found, program, reason }: Extract<ConfigReading, { readonly ok: true }>,
  { file, kind }: EvaluationSubject,
  isNamed: boolean,
): SourceReading {
  const entries = found.get(key);
  if (entries === undefined) {
    if (!isNamed) return combine([]);
    const message = `"${key}" is not in ${file}`;
    const remedy = "add it, or leave the key out";
    return nothing({ rule: "missing-key", severity: "error", value: key, place: { file, key }, message, remedy });
  }
  const isOfEnv = key.startsWith("env.");
  const meaning = isOfEnv ? readVariable : key === "i18n.domains" ? readDomain : readOrigin;
  const isShared = !isOfEnv && key !== "i18n.domains";
  const { entries: read, ambiguous: several } = isOfEnv ? divided(entries) : { entries };
  if (several !== undefined) {
    const line = program?.lineOfKey(key);
    const message = `"${redact(several)}" may be one address or several`;
    const remedy = 'write "https://" in front of each, or one address alone';
    const place = { file, ...(line !== undefined && { line }), key };
    return nothing({ rule: "several-addresses", severity: "error", value: redact(several), place, message, remedy });
  }
  return readEntries(read, {
    file,
    key,
    kind,
    meaning,
    isShared,
    program,
    ...(reason !== undefined && { reason }),
  });
}

/** What a variable holds: perhaps a list, as in an env file, or a value that may be one. */
function divided(entries: readonly EvaluatedEntry[] | string): {
  readonly entries: readonly EvaluatedEntry[] | string;
  readonly ambiguous?: string;
} {
  if (typeof entries === "string") return { entries };
  const found: EvaluatedEntry[] = [];
  for (const entry of entries) {
    if (entry.kind === "wrong") {
      found.push(entry);
      continue;
    }
    const { pieces, isAmbiguous } = splitValue(entry.text, undefined);
    if (isAmbiguous) return { entries, ambiguous: entry.text };
    found.push(...(pieces.length === 0 ? [entry] : pieces.map(({ text }) => ({ ...entry, text }))));
  }
  return { entries: found };
}

/** What the file tells without being run. */
function writtenConfig({ root, file, text, path, wanted }: EvaluationSubject): WrittenConfig {
  const system = moduleSystemOf(root, path);
  const isTypeScript = file.endsWith("ts");
  const parsed = parseProgram(text, { isTypeScript, exports: (statement) => wholeExport(statement, system) });
  const exported = parsed.ok ? parsed.program.exported : undefined;
  if (!parsed.ok || !isLiteralRecord(exported)) return { parsed, found: undefined };
  // Of CommonJS, which TypeScript becomes, Next.js takes `module.exports.default` where it is there.
  if (isTypeScript && Boolean(exported["default"])) return { parsed, found: undefined };
  const refused = refusedConfig(file, exported, parsed.program);
  const { adapterPath, experimental } = exported;
  const namesAdapter = Boolean(adapterPath) || (isLiteralRecord(experimental) && Boolean(experimental["adapterPath"]));
  return { parsed, found: namesAdapter ? undefined : hostsOfLiteral(exported, wanted), refused, namesAdapter };
}

/** The entries of each key of a configuration that is written out. For Next.js null is as good as nothing. */
function hostsOfLiteral(config: LiteralValue, wanted: readonly string[]): WrittenConfig["found"] {
  const at = (key: string): LiteralValue | undefined =>
    key.split(".").reduce<LiteralValue | undefined>((value, name) => {
      const found = isLiteralRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      return found === null ? undefined : found;
    }, config);
  const lists = nextConfigKeys.flatMap((key) => {
    const value = at(key);
    if (value === undefined) return [];
    const entryOf = key === "i18n.domains" ? domainOf : textOf;
    return [[key, isLiteralList(value) ? value.map(entryOf) : described(value)] as const];
  });
  const variables = wanted.flatMap((name) => {
    const value = at(`env.${name}`);
    return value === undefined ? [] : [[`env.${name}`, [textOf(value)]] as const];
  });
  return new Map<string, readonly EvaluatedEntry[] | string>([...lists, ...variables]);
}

function textOf(value: LiteralValue): EvaluatedEntry {
  return typeof value === "string"
    ? { kind: "host", text: value, http: false }
    : { kind: "wrong", what: described(value) };
}

function domainOf(value: LiteralValue): EvaluatedEntry {
  const { domain, http } = isLiteralRecord(value) ? value : {};
  if (typeof domain === "string") return { kind: "host", text: domain, http: Boolean(http) };
  return { kind: "wrong", what: domain === undefined ? "undefined" : described(domain) };
}

function described(value: LiteralValue): string {
  if (value === null) return "null";
  if (isLiteralList(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function nothing(...findings: readonly Finding[]): SourceReading {
  return { addresses: [], findings };
}
