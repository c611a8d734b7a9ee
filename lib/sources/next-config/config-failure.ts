import { sep } from "node:path";
import { redact } from "../../base/redact";
import { knownSecrets } from "../../base/secrets";
import { type Finding, type Place } from "../../origins/finding";
import { maskValues } from "../../origins/mask-values";
import { type ConfigEnvironment } from "./config-environment";
import { type EvaluationFailure } from "./config-evaluation";
import { shownFile } from "../formats/text-file";

/** A configuration that was to be evaluated. */
export interface EvaluatedFile {
  readonly root: string;
  /** Its name as a place shows it. */
  readonly file: string;
  /** Its absolute path. */
  readonly path: string;
  /** The absolute path of the application's folder. */
  readonly folder: string;
  readonly environment: ConfigEnvironment;
}

/** The variable by which t3-env returns what the environment holds, neither validated nor transformed. */
export const skipsValidation = "SKIP_ENV_VALIDATION";

/** The variables that a configuration looked for in vain. */
interface MissingVariables {
  readonly names: readonly string[];
  /** Without those that are not set on purpose. */
  readonly missing: readonly string[];
}

/** That a configuration cannot be evaluated, in one line: without its stack, and without what its env files hold. */
export function failedConfig(failure: EvaluationFailure, all: MissingVariables, evaluated: EvaluatedFile): Finding {
  const { file, environment } = evaluated;
  // An error that names a variable tells which of them it is about. Setting this one gives text that nothing has transformed.
  const named = all.names.filter((name) => failure.kind === "thrown" && failure.message.includes(name));
  const missing = (named.length > 0 ? named : all.missing).filter((name) => name !== skipsValidation);
  const frame = failure.kind === "thrown" ? ownFrame(failure, evaluated) : undefined;
  const place = frame === undefined ? { file } : placeOf(frame, evaluated.root);
  const message = `"${file}" cannot be evaluated: ${whatHappened(failure, evaluated)}${inVain(missing, environment)}`;
  const remedy = `${remedyFor(failure, missing, environment)}, or lock the hosts with { pulled: true }`;
  return { rule: "failed-config", severity: "error", value: file, place, message, remedy };
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }, root: string): Place {
  return line === 0 ? { file: shownFile(root, file) } : { file: shownFile(root, file), line };
}

/** The variables that a configuration looked for in vain, as the end of a sentence. */
export function inVain(missing: readonly string[], { files }: ConfigEnvironment): string {
  if (missing.length === 0) return "";
  const verb = files.length === 1 ? "does" : "do";
  return `; it reads ${enumerate(missing)}, which ${enumerate(files)} ${verb} not define`;
}

function whatHappened(failure: EvaluationFailure, evaluated: EvaluatedFile): string {
  switch (failure.kind) {
    case "thrown": {
      const { name, message } = failure;
      const told = presentable(name === "" ? message : `${name}: ${message}`, evaluated);
      return told === "" ? "it throws" : `it throws "${told}"`;
    }
    case "unsettled":
      return "it waits for something that never happens";
    case "shape":
      return `it evaluates to ${failure.what} instead of an object`;
    case "timeout":
      return `it does not finish within ${failure.seconds} s`;
    case "forged":
      return "it writes to the file descriptor reserved for its result";
    case "ended":
      return failure.how;
  }
}

function remedyFor(failure: EvaluationFailure, missing: readonly string[], { files }: ConfigEnvironment): string {
  const isAbsent = failure.kind === "thrown" && failure.code.endsWith("MODULE_NOT_FOUND");
  if (isAbsent) {
    const isOwnFile = /'(?:\.{0,2}\/|[A-Za-z]:\\)/.test(failure.message);
    return isOwnFile ? "correct the path, or commit the file" : "install the application's packages first";
  }
  if (missing.length > 0)
    return `define ${enumerate(missing)} in ${files[0] ?? ".env"}, or with { evaluate: { variables: … } }`;
  return failure.kind === "timeout"
    ? "let it finish, give it more time with { evaluate: { timeoutSeconds: … } }"
    : "correct it";
}

/** The innermost place in the configuration itself, or else in the application. */
function ownFrame(
  { frames }: Extract<EvaluationFailure, { readonly kind: "thrown" }>,
  { path, folder }: EvaluatedFile,
): { readonly file: string; readonly line: number } | undefined {
  const own = frames.filter(({ file }) => file.startsWith(`${folder}${sep}`) && !/[\\/]node_modules[\\/]/.test(file));
  return own.find(({ file }) => file === path) ?? own[0];
}

/** The variables of this process that hold a secret. A configuration does not see them unless it goes looking. */
export function credentials(): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(process.env).flatMap(([name, value]) =>
    /(?:^|_)(?:TOKEN|SECRET|PASSWORD|KEY)$/i.test(name) && value !== undefined && value !== "" ? [{ name, value }] : [],
  );
}

/** `'@scope/package'` has the look of an address with a user. */
const scopedPackage = /^['"(]*@[\w.-]+\/[\w./-]+['")]*$/;

/** Beyond this an error's message says no more. */
const longestMessage = 200;

/** An error's message in one line: without folders of this machine, and without what the env files hold. */
function presentable(message: string, { root, folder, environment }: EvaluatedFile): string {
  const [beginning = ""] = message.split(/\n(?:Require stack|\s+at )/);
  const line = knownSecrets
    .mask(beginning)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 2 * longestMessage);
  const words = withoutFolders(line, [folder, root])
    .split(" ")
    .map((word) => (scopedPackage.test(word) ? word : redact(word)))
    .join(" ");
  const secrets = [...Object.values(environment.variables), ...credentials().map(({ value }) => value)];
  const plain = maskValues(words, secrets);
  return plain.length <= longestMessage ? plain : `${plain.slice(0, longestMessage - 1)}…`;
}

/**
 * A text without the folders of this machine: what lies in them is named from there. On Windows a path has backslashes, which a
 * quoted text doubles; a URL has neither them nor spaces.
 */
export function withoutFolders(text: string, folders: readonly string[]): string {
  const forms = folders.flatMap((folder) => {
    const path = folder.replace(/[\\/]+$/, "");
    const slashed = path.replaceAll("\\", "/");
    const encoded = [encodeURI(slashed), encodeURI(slashed).replaceAll("#", "%23").replaceAll("?", "%3F")];
    const urls = encoded.flatMap((each) => [`file://${each}`, `file:///${each}`]);
    return [...urls, path, slashed, path.replaceAll("\\", "\\\\")].filter((form) => form !== "");
  });
  const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
  return longestFirst
    .reduce(
      (rest, form) =>
        rest.replace(new RegExp(`${escaped(form)}(?:[\\\\/]+|(?![\\w.-]))`, "gi"), (found) => {
          return /[\\/]$/.test(found) ? "" : ".";
        }),
      text,
    )
    .replace(/file:\/\/\/?/g, "");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Names as a list in a sentence. */
export function enumerate(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(redact);
  const rest = names.length - shown.length;
  const all = rest === 0 ? shown : [...shown, `${rest} more`];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}
