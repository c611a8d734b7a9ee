import { dirname, join } from "node:path";
import { object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, pathTo } from "../call-site";
import { leavingOut, sourceFields, type SourceOptions } from "../leave-out";
import { type Statement, type Node } from "@babel/types";
import { lockedConfig, pulledFields } from "../lock/lock-file";
import { combine, readEntries, skippedValidation } from "./config-addresses";
import { type EvaluatedEntry } from "./config-evaluation";
import { type ConfigEvaluation, evaluateShape } from "./config-environment";
import { isLiteralList, isLiteralRecord, type LiteralValue, parseProgram } from "./config-literals";
import {
  checkEvaluation,
  evaluateLater,
  type EvaluationSubject,
  invalidConfig,
  readConfig,
  type WrittenConfig,
} from "./config-run";
import { readRoutingDomain } from "./next-pattern";
import { isFolder, readTextFile, shownFile, type TextFile } from "../formats/text-file";

/** How the routing of next-intl is read. */
export interface NextIntlRoutingOptions extends SourceOptions {
  /**
   * Whether a file that does more than hand literals to `defineRouting` is evaluated, and in which environment. Forbidden, such a
   * file is a finding.
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
 * The domains of next-intl's routing, the hosts of an App Router application in several languages: those that are handed to
 * `defineRouting`, or to `createMiddleware` of its older versions. A file that does nothing but that, with literals, is read as it is
 * written. Every other one is evaluated like a configuration (see `nextConfig`), without next-intl: what is handed to it counts.
 * A developer's own machine among them is passed over outside development.
 *
 * @param path the file, or the folder of the application, where it is `src/i18n/routing.ts` or `i18n/routing.ts`
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example nextIntlRouting("apps/shop")
 * @example nextIntlRouting("apps/shop", { pulled: true }) // from origins.lock.json
 * @example nextIntlRouting("apps/shop/src/middleware.ts", { evaluate: { unset: ["CI"] } })
 */
export function nextIntlRouting(path: string, options: NextIntlRoutingOptions = {}): AddressSource {
  const call = callOf("nextIntlRouting", path);
  checkGiven(call, [
    ["path", pathTo('a file, such as "src/i18n/routing.ts"'), path],
    ["options", optionsShape, options],
  ]);
  checkEvaluation(call, options.evaluate);
  const { evaluate, pulled, lock, leaveOut } = options;
  const source = leavingOut(leaveOut, {
    read: (context) => readRouting(path, options, context),
    prepare: (context) => {
      evaluateLater(() => {
        const located = subjectOf(path, context);
        return "subject" in located ? { ...located, written: writtenRouting(located.subject) } : undefined;
      }, evaluate);
    },
  });
  return pulled === true ? lockedConfig({ call: "nextIntlRouting", path, lock, evaluate, leaveOut }, source) : source;
}

const optionsShape = object<NextIntlRoutingOptions>({ evaluate: evaluateShape, ...pulledFields, ...sourceFields });

const key = "domains";
const fileNames = ["src/i18n/routing.ts", "i18n/routing.ts", "src/i18n/routing.js", "i18n/routing.js"];

function subjectOf(
  given: string,
  { root, kind }: SourceContext,
): { readonly subject: EvaluationSubject } | { readonly finding: Finding } {
  const located = locate(root, given);
  if (!("path" in located)) return { finding: located };
  const { path, read } = located;
  if (!read.ok) return { finding: read.finding };
  const { file, text } = read;
  const application = applicationOf(root, path);
  return { subject: { root, kind, file, text, path, application, parts: "routing", wanted: [] } };
}

function readRouting(given: string, { evaluate }: NextIntlRoutingOptions, context: SourceContext): SourceReading {
  const located = subjectOf(given, context);
  if ("finding" in located) return nothing(located.finding);
  const { subject } = located;
  const { file, kind } = subject;
  const say = (severity: Finding["severity"], what: string, remedy: string): Finding => {
    return { rule: "missing-key", severity, value: file, place: { file }, message: `"${file}" ${what}`, remedy };
  };
  const written = writtenRouting(subject);
  if (!written.parsed.ok) return nothing(invalidConfig(file, written.parsed));
  const routing = readConfig(written, evaluate, subject);
  if (!routing.ok) return nothing(...routing.findings);
  const { found, findings, program, reason } = routing;
  if (!found.has("routing")) {
    const remedy = "name the file that does: by convention it is src/i18n/routing.ts";
    return nothing(...findings, say("error", "passes nothing to a function of next-intl/routing", remedy));
  }
  const domains = found.get(key) ?? [];
  if (domains.length === 0)
    return nothing(
      ...findings,
      say("warning", `holds no ${key}: one host serves every language`, "leave the source out"),
    );
  const because = reason === undefined ? {} : { reason };
  const rules = { file, key, kind, meaning: readRoutingDomain, isShared: true, program, ...because };
  const reading = readEntries(domains, rules);
  const skipped = routing.skipsValidation ? [skippedValidation([reading], file)] : [];
  return combine([reading, nothing(...findings), ...skipped]);
}

/** What the file tells without being run: literals that are handed to `defineRouting`, which gives back what it is given. */
function writtenRouting({ file, text }: EvaluationSubject): WrittenConfig {
  const names = new Set<string>();
  const isIdle = (statement: Statement): boolean => {
    if (statement.type !== "ImportDeclaration" || statement.source.value !== "next-intl/routing") return false;
    for (const { local } of statement.specifiers) names.add(local.name);
    return true;
  };
  const unwrap = (node: Node | undefined): Node | undefined => {
    if (node?.type !== "CallExpression" || node.callee.type !== "Identifier") return undefined;
    return names.has(node.callee.name) && node.arguments.length === 1 ? node.arguments[0] : undefined;
  };
  const parsed = parseProgram(text, { isTypeScript: file.endsWith("ts"), exports: exportedBy, unwrap, isIdle });
  const exported = parsed.ok ? parsed.program.exported : undefined;
  return { parsed, found: exported === undefined ? undefined : domainsOfLiteral(exported) };
}

/** The one thing that a statement exports, by whichever name. */
function exportedBy(statement: Statement): Node | undefined {
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration")
    return undefined;
  const [declared, ...others] = statement.declaration.declarations;
  return others.length === 0 && statement.declaration.kind === "const" ? (declared?.init ?? undefined) : undefined;
}

function domainsOfLiteral(routing: LiteralValue): WrittenConfig["found"] {
  const domains = isLiteralRecord(routing) ? routing["domains"] : undefined;
  const found = new Map<string, readonly EvaluatedEntry[] | string>([["routing", []]]);
  if (domains === undefined || domains === null) return found;
  return found.set(key, isLiteralList(domains) ? domains.map(entryOf) : "no list");
}

function entryOf(value: LiteralValue): EvaluatedEntry {
  const domain = isLiteralRecord(value) ? value["domain"] : undefined;
  return typeof domain === "string"
    ? { kind: "host", text: domain, http: false }
    : { kind: "wrong", what: domain === undefined ? "undefined" : "something else" };
}

/** The file that a path means, or what is wrong with the path. */
function locate(root: string, given: string): { readonly path: string; readonly read: TextFile } | Finding {
  if (!isFolder(root, given)) return { path: given, read: readTextFile(root, given) };
  const attempts = fileNames.map((name) => join(given, name)).map((path) => ({ path, read: readTextFile(root, path) }));
  const file = shownFile(root, given);
  const message = `"${file}" holds no ${fileNames.slice(0, 2).join(", ")}`;
  const remedy = "name the file with the routing";
  return (
    attempts.find(({ read }) => read.ok || !read.missing) ?? {
      rule: "missing-file",
      severity: "error",
      value: file,
      place: { file },
      message,
      remedy,
    }
  );
}

/** The application's folder: the nearest one above the file that holds a package.json; at last the project's. */
function applicationOf(root: string, path: string): string {
  const folder = dirname(path);
  if (readTextFile(root, join(folder, "package.json")).ok) return folder;
  return folder === "." || dirname(folder) === folder ? folder : applicationOf(root, folder);
}

function nothing(...findings: readonly Finding[]): SourceReading {
  return { addresses: [], findings };
}
