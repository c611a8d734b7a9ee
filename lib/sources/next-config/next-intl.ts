import { dirname, join } from "node:path";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { checkOptions, isPath, sourceOptions } from "../call-check";
import { leavingOut, type SourceOptions } from "../leave-out";
import { type EntryRules, readEvaluated, readWritten } from "./config-addresses";
import { type ConfigEvaluation } from "./config-evaluation-options";
import { checkEvaluation, evaluateWhereAllowed } from "./config-run";
import { readArgumentValues } from "./config-values";
import { readRoutingDomain } from "./next-pattern";
import { isFolder, readTextFile, shownFile, type TextFile } from "../formats/text-file";

/** How the routing of next-intl is read. */
export interface NextIntlRoutingOptions extends SourceOptions {
  /**
   * Whether domains that are computed are evaluated, and in which environment. Forbidden, each of them is a finding.
   * @default true
   */
  readonly evaluate?: boolean | ConfigEvaluation;
}

/**
 * The domains of next-intl's routing, the hosts of an App Router application in several languages: those that are handed to
 * `defineRouting`, or to `createMiddleware` of its older versions. Literals are read from the syntax tree, each with its line.
 * Where one is computed, the file is evaluated like a configuration (see `nextConfig`): what it exports must hold the domains.
 * A developer's own machine among them is passed over outside development.
 *
 * @param path the file, or the folder of the application, where it is `src/i18n/routing.ts` or `i18n/routing.ts`
 * @throws when the path is empty, or the options of the evaluation are of the wrong form
 * @example nextIntlRouting("apps/shop")
 * @example nextIntlRouting("apps/shop/src/middleware.ts", { evaluate: false })
 */
export function nextIntlRouting(path: string, options: NextIntlRoutingOptions = {}): AddressSource {
  if (!isPath(path)) throw new Error('nextIntlRouting names no file: write a path, such as "src/i18n/routing.ts"');
  checkOptions(`nextIntlRouting("${path}")`, options, { evaluate: "anything", ...sourceOptions });
  checkEvaluation(`nextIntlRouting("${path}")`, options.evaluate);
  return leavingOut(options.leaveOut, { read: (context) => readRouting(path, options, context) });
}

const key = "domains";
const fileNames = ["src/i18n/routing.ts", "i18n/routing.ts", "src/i18n/routing.js", "i18n/routing.js"];

function readRouting(
  given: string,
  { evaluate }: NextIntlRoutingOptions,
  { root, kind }: SourceContext,
): SourceReading {
  const located = locate(root, given);
  if (!("path" in located)) return nothing(located);
  const { path, read } = located;
  if (!read.ok) return nothing(read.finding);
  const { file, text } = read;
  const modules = ["next-intl/routing", "next-intl/middleware"];
  const values = readArgumentValues(text, { isTypeScript: file.endsWith("ts"), modules, key });
  const say = (
    rule: string,
    severity: Finding["severity"],
    what: string,
    remedy: string,
    line?: number,
  ): SourceReading => {
    const place = line === undefined ? { file } : { file, line };
    return nothing({ rule, severity, value: file, place, message: `"${file}" ${what}`, remedy });
  };
  if (values === undefined) {
    const remedy = "name the file that does: by convention it is src/i18n/routing.ts";
    return say("missing-key", "error", "calls no function of next-intl/routing", remedy);
  }
  if (!values.ok)
    return say("invalid-config", "error", `is no valid program: ${values.message}`, "correct the file", values.line);

  const subject = { root, kind, file, text, path, application: applicationOf(root, path), parts: "routing" } as const;
  const evaluated = evaluateWhereAllowed(values, evaluate, subject);
  const written = values.found.get(key) ?? [];
  const rules: EntryRules = { file, key, kind, meaning: readRoutingDomain, isShared: true };
  if (evaluated?.ok === true) {
    const found = evaluated.found.get(key);
    // What is not exported cannot be seen from outside.
    return found === undefined
      ? readWritten(written, rules)
      : readEvaluated(found, { ...evaluated, values: written }, rules);
  }
  if (evaluated !== undefined) {
    const { addresses, findings } = readWritten(
      written.filter((value) => value.kind === "literal"),
      rules,
    );
    return { addresses, findings: [...findings, ...evaluated.findings] };
  }
  if (written.length > 0) return readWritten(written, rules);
  return say("missing-key", "warning", `holds no ${key}: one host serves every language`, "leave the source out");
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

function nothing(finding: Finding): SourceReading {
  return { addresses: [], findings: [finding] };
}
