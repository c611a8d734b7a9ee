import { realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { hasProperties } from "../../base/errors";
import { type Finding } from "../../origins/finding";
import { type EnvironmentKind } from "../../origins/rule";
import { type EntryRules, remedyForSkipping, untransformed } from "./config-addresses";
import { configEnvironment, type ConfigEvaluation } from "./config-environment";
import {
  evaluateConfig,
  type EvaluatedEntry,
  evaluateTogether,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationQuestion,
} from "./config-evaluation";
import { type EvaluatedFile, failedConfig, inVain } from "./config-failure";
import { type ConfigProgram, type ParsedProgram } from "./config-literals";
import { seenFindings } from "./config-variables";

/** Why Next.js refuses a key of a configuration, as the rest of a sentence that begins with the key. */
interface Refusal {
  readonly key: string;
  readonly rest: string;
}

type Config = Readonly<Record<string, unknown>>;

/**
 * What Next.js 14 to 16 all refuse in a configuration; undefined where they take it. It is for configurations that Next.js itself is
 * not asked about: those that are written out, those without `i18n`, and where it is not installed. What only one version refuses,
 * and the options of experiments, the application's own build tells.
 */
function refusalOf(config: Config): Refusal | undefined {
  // Taken by Next.js 14 alone.
  if (config["experimental"] === null) return { key: "experimental", rest: "is null" };
  return refusalOfPaths(config) ?? refusalOfImages(config["images"]) ?? refusalOfI18n(config);
}

function refusalOfPaths({ target, distDir, pageExtensions, assetPrefix, basePath }: Config): Refusal | undefined {
  if (Boolean(target) && target !== "server") return { key: "target", rest: "is no longer supported" };
  if (isThere(distDir)) {
    if (typeof distDir !== "string") return { key: "distDir", rest: "must be a string" };
    if (["", "public"].includes(distDir.trim())) return { key: "distDir", rest: `cannot be "${distDir.trim()}"` };
  }
  const isOfTexts = isList(pageExtensions) && pageExtensions.every((extension) => typeof extension === "string");
  if (isThere(pageExtensions) && !(isOfTexts && pageExtensions.length > 0))
    return { key: "pageExtensions", rest: "must be a list of strings, and not empty" };
  if (isThere(assetPrefix) && typeof assetPrefix !== "string") return { key: "assetPrefix", rest: "must be a string" };
  if (!isThere(basePath) || basePath === "") return undefined;
  const isPath = typeof basePath === "string" && basePath.startsWith("/") && !basePath.endsWith("/");
  return isPath
    ? undefined
    : { key: "basePath", rest: 'must be empty, or a path that begins with "/" and does not end with "/"' };
}

function refusalOfImages(images: unknown): Refusal | undefined {
  if (images === undefined) return undefined;
  if (!hasProperties(images)) return { key: "images", rest: "must be an object" };
  const wrong = ["localPatterns", "remotePatterns", "domains"].find(
    (key) => images[key] !== undefined && !isList(images[key]),
  );
  return wrong === undefined ? undefined : { key: `images.${wrong}`, rest: "must be a list" };
}

function refusalOfI18n(config: Config): Refusal | undefined {
  const i18n = config["i18n"];
  if (!i18n) return undefined;
  const refuse = (key: string, rest: string): Refusal => ({ key: key === "" ? "i18n" : `i18n.${key}`, rest });
  if (config["output"] === "export") return refuse("", 'cannot be used with "output: export"');
  if (typeof i18n !== "object") return refuse("", `must be an object, not a ${typeof i18n}`);
  const { locales, defaultLocale, domains, localeDetection } = hasProperties(i18n) ? i18n : {};
  if (!isList(locales)) return refuse("locales", isThere(locales) ? "must be a list of strings" : "is missing");
  if (typeof defaultLocale !== "string" || defaultLocale === "")
    return refuse("defaultLocale", isThere(defaultLocale) ? "must be a string" : "is missing");
  if (isThere(domains) && !isList(domains)) return refuse("domains", "must be a list of objects");
  const wrong = isList(domains) ? domains.flatMap((item) => problemOfDomain(item, domains) ?? [])[0] : undefined;
  if (wrong !== undefined) return refuse("domains", wrong);
  if (!locales.every((locale) => typeof locale === "string")) return refuse("locales", "must be a list of strings");
  if (!locales.includes(defaultLocale)) return refuse("locales", "must include the default locale");
  const lower = locales.map((locale) => locale.toLowerCase());
  if (new Set(lower).size < lower.length) return refuse("locales", "contains a duplicate locale");
  if (isThere(localeDetection) && typeof localeDetection !== "boolean")
    return refuse("localeDetection", "must be true or false");
  return undefined;
}

function problemOfDomain(item: unknown, all: readonly unknown[]): string | undefined {
  if (!hasProperties(item)) return "must hold objects";
  const { domain, defaultLocale, locales } = item;
  if (!defaultLocale) return "has an entry without a default locale";
  if (typeof domain !== "string" || domain === "") return "has an entry whose domain is not a string";
  if (domain.includes(":")) return "has an entry with a protocol or a port";
  const others = all.filter((other) => other !== item).filter((other) => hasProperties(other));
  if (others.some((other) => other["defaultLocale"] === defaultLocale && other["domain"] !== domain))
    return "has two entries with the same default locale";
  if (!isList(locales)) return undefined;
  if (locales.some((locale) => typeof locale !== "string")) return "has an entry with a locale that is not a string";
  const isElsewhere = (locale: unknown): boolean => others.some((other) => includes(other["locales"], locale));
  return locales.some(isElsewhere) ? "has two entries with the same locale" : undefined;
}

/** A text has its parts, as a list has its entries: Next.js asks either. */
function includes(locales: unknown, locale: unknown): boolean {
  if (typeof locales === "string") return typeof locale === "string" && locales.includes(locale);
  return isList(locales) && locales.includes(locale);
}

/** For Next.js null is as good as nothing. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

const defaultTimeoutSeconds = 30;

/**
 * Checks options that are right by themselves, and not together.
 * @throws one error that quotes the mistake and says what to write
 */
export function checkEvaluation(call: string, evaluate: boolean | ConfigEvaluation | undefined): void {
  if (evaluate === undefined || typeof evaluate === "boolean") return;
  const { mode, envFiles, variables = {}, unset = [] } = evaluate;
  if (mode !== undefined && envFiles !== undefined) {
    throw new Error(`${call} cannot have both mode and envFiles`);
  }
  const local = [...(envFiles ?? []), ...(mode === undefined ? [] : [mode])].find((name) => /(^|\.)local$/.test(name));
  if (local !== undefined) {
    throw new Error(`${call} has "${local}", which differs between machines: name files that are committed`);
  }
  const both = unset.find((name) => Object.hasOwn(variables, name));
  if (both !== undefined) {
    throw new Error(`${call} sets "${both}" and lists it in unset: remove it from one of them`);
  }
}

/** A configuration that may have to be evaluated. */
export interface EvaluationSubject extends Pick<EvaluationRequest, "parts" | "wanted"> {
  readonly root: string;
  readonly kind: EnvironmentKind;
  /** Its name as a place shows it. */
  readonly file: string;
  readonly text: string;
  /** Its path, which starts from the project's folder. */
  readonly path: string;
  /** The application's folder, which starts there too. */
  readonly application: string;
}

/** What a configuration holds, and what there is to say of it. */
export type ConfigReading =
  | {
      readonly ok: true;
      /** The entries of each key that is there, or what the key holds instead of a list. */
      readonly found: ReadonlyMap<string, readonly EvaluatedEntry[] | string>;
      readonly findings: readonly Finding[];
      readonly program: ConfigProgram | undefined;
      readonly reason?: EntryRules["reason"];
      /** That Next.js refuses the configuration. */
      readonly refused?: Finding | undefined;
      /** Whether variables come out as t3-env has not transformed them. */
      readonly skipsValidation: boolean;
      /** What it looked for in vain, as the end of a sentence. */
      readonly vain: string;
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** What the file tells without being run: the hosts where it is written out whole, and lines. */
export interface WrittenConfig {
  readonly parsed: ParsedProgram;
  readonly found: ReadonlyMap<string, readonly EvaluatedEntry[] | string> | undefined;
  /** That Next.js refuses it, although it is written out. */
  readonly refused?: Finding | undefined;
  /** Whether it is written out and names an adapter, a program that may change it. */
  readonly namesAdapter?: boolean;
}

/** Reads a configuration: as it is written where nothing else can be in it, otherwise by evaluating it. */
export function readConfig(
  { parsed, found, refused, namesAdapter = false }: WrittenConfig,
  evaluate: boolean | ConfigEvaluation | undefined,
  subject: EvaluationSubject,
): ConfigReading {
  const program = parsed.ok ? parsed.program : undefined;
  if (found !== undefined && !startsWithAdapter(evaluate, subject))
    return { ok: true, found, findings: [], program, refused, skipsValidation: false, vain: "" };
  const malformed = parsed.ok ? undefined : invalidConfig(subject.file, parsed);
  if (evaluate === false) return { ok: false, findings: [malformed ?? mustBeEvaluated(subject.file, namesAdapter)] };
  const prepared = prepare(evaluate, subject);
  if (!prepared.ok) return { ok: false, findings: prepared.findings };
  const { question, evaluated, unset } = prepared;
  evaluateWaiting(question);
  const evaluation = evaluateConfig(question);
  const names = evaluation.missing.map(({ name }) => name);
  const missing = names.filter((name) => !unset.includes(name));
  if (!evaluation.ok) {
    const local = seenFindings(evaluation, evaluated, ["*"]);
    return {
      ok: false,
      findings: [malformed ?? failedConfig(evaluation.failure, { names, missing }, evaluated), ...local],
    };
  }
  const refusal = refusedConfig(subject.file, evaluation.unasked ?? {}, program);
  const vain = inVain(missing, evaluated.environment);
  const findings = [...seenFindings(evaluation, evaluated, unset), ...assumedVersion(evaluation, subject.file)];
  const reason = reasonOf(evaluation, vain);
  return { ...evaluation, findings, program, refused: refusal, vain, reason };
}

/** Whether the shell names an adapter, which may change what is written out. Next.js does not look for it in its own env files. */
function startsWithAdapter(evaluate: boolean | ConfigEvaluation | undefined, subject: EvaluationSubject): boolean {
  if (typeof evaluate !== "object" || subject.parts !== "config") return false;
  const { shell } = configEnvironment(subject.root, subject.application, subject.kind, evaluate);
  return (shell["NEXT_ADAPTER_PATH"] ?? "") !== "";
}

/** The configurations of the environments that were declared and not yet read. */
const waiting: (() => EvaluationQuestion | undefined)[] = [];

/**
 * Notes that a configuration will be read, so that it shares its process with the others. Nothing is looked at before the first of
 * them is read.
 */
export function evaluateLater(
  locate: () => { readonly subject: EvaluationSubject; readonly written: WrittenConfig } | undefined,
  evaluate: boolean | ConfigEvaluation | undefined,
): void {
  if (evaluate === false) return;
  waiting.push(() => {
    try {
      const located = locate();
      if (located === undefined || located.written.found !== undefined) return undefined;
      const prepared = prepare(evaluate, located.subject);
      return prepared.ok ? prepared.question : undefined;
    } catch {
      // Reading it says what is wrong.
      return undefined;
    }
  });
}

function evaluateWaiting(first: EvaluationQuestion): void {
  const others = waiting.splice(0).flatMap((question) => question() ?? []);
  if (others.length > 0) evaluateTogether([first, ...others]);
}

type Prepared =
  | {
      readonly ok: true;
      readonly question: EvaluationQuestion;
      readonly evaluated: EvaluatedFile;
      readonly unset: readonly string[];
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

function prepare(evaluate: boolean | ConfigEvaluation | undefined, subject: EvaluationSubject): Prepared {
  const options = typeof evaluate === "object" ? evaluate : {};
  const { timeoutSeconds = defaultTimeoutSeconds, unset = [], ...which } = options;
  const { root, kind, text, file, path, application, parts, wanted } = subject;
  const environment = configEnvironment(root, application, kind, which);
  if (environment.findings.length > 0) return { ok: false, findings: environment.findings };
  // Without symbolic links, as Next.js has it: a stack shows no other.
  const folder = realpathSync.native(resolve(root, application));
  const own = join(realpathSync.native(dirname(resolve(root, path))), basename(path));
  const request = { file: own, folder, environment, timeoutSeconds, parts, wanted };
  return { ok: true, question: { request, text }, evaluated: { root, file, path: own, folder, environment }, unset };
}

/** That a file is not well-formed, with the line that the parser tells. */
export function invalidConfig(
  file: string,
  { line, message: what }: Extract<ParsedProgram, { readonly ok: false }>,
): Finding {
  const message = `"${file}" is not a valid program: ${what}`;
  return {
    rule: "invalid-config",
    severity: "error",
    value: file,
    place: { file, line },
    message,
    remedy: "correct the file",
  };
}

/** That Next.js refuses a configuration, where it does. */
export function refusedConfig(
  file: string,
  config: Readonly<Record<string, unknown>>,
  program: ConfigProgram | undefined,
): Finding | undefined {
  const refusal = refusalOf(config);
  if (refusal === undefined) return undefined;
  const { key, rest } = refusal;
  const line = program?.lineOfKey(key);
  const place = { file, ...(line !== undefined && { line }), key };
  const message = `"${key}" ${rest}, so Next.js rejects the configuration`;
  return { rule: "failed-config", severity: "error", value: key, place, message, remedy: "correct it" };
}

function mustBeEvaluated(file: string, namesAdapter: boolean): Finding {
  const why = namesAdapter ? "names an adapter, which may change it" : "is more than one exported object of literals";
  const message = `"${file}" ${why}, and { evaluate: false } prevents its evaluation`;
  const remedy = "write one object of literals, leave out { evaluate: false }, or lock the hosts with { pulled: true }";
  return { rule: "computed-value", severity: "error", value: file, place: { file }, message, remedy };
}

function assumedVersion({ assumed }: Evaluation, file: string): readonly Finding[] {
  if (assumed === undefined) return [];
  const message = `"${file}" is evaluated as Next.js ${assumed} does, because the application has no Next.js installed`;
  const remedy = "install the application's packages, or lock the hosts with { pulled: true }";
  return [{ rule: "assumed-version", severity: "warning", value: file, place: { file }, message, remedy }];
}

/** Why values may be of another form than the configuration expects. */
function reasonOf({ skipsValidation }: Evaluation, vain: string): EntryRules["reason"] {
  if (skipsValidation) {
    return {
      message: `${untransformed}${vain}`,
      remedy: remedyForSkipping,
    };
  }
  return vain === "" ? undefined : { message: vain, remedy: "define it, or let the key hold hosts alone" };
}
