import { basename, extname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type CallSite, filesOf } from "../sources/call-site";
import { type AppCommand, parseAppCommand } from "./app-command";
import { invalidJson, isOfUser, missingModuleIn, withoutModuleObjects } from "./load-failure";
import { explainMissingModule, imports, packageName, fileInProject } from "./missing-module";
import { installCommand, installedVersion, packageFolder } from "./packages";

/** An error that ended a program, as Node.js prints it. */
interface UncaughtError {
  /** The class and the code, such as `TypeError [ERR_UNKNOWN_FILE_EXTENSION]`; empty for what is thrown and is not an error. */
  readonly name: string;
  readonly message: string;
  /** The line that is shown above the error: where it was thrown, or could not be parsed. */
  readonly shown: CallSite | undefined;
  /** The frames of its stack that are in files, from the inside out. */
  readonly frames: readonly CallSite[];
  /** What the program had printed before. */
  readonly before: string;
}

/** A line of a stack trace. What looks similar in a message, such as `at path [shop/Messenger]`, is not one. */
const frame = /^ {4}at (.+:\d+:\d+\)?|.*<anonymous>\)?|async Promise\.\w+ \(index \d+\)|.*\[native code\])( \{)?$/;
const head = /^(?:Uncaught )?((?:[A-Za-z_$][\w$.]*)?(?:Error|Exception)(?: \[[\w.]+\])?)(?:: (.*))?$/;
const location = /^((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):(\d+)$/;
const caret = /^\s*[\^~]+\s*$/;
/** The line below something thrown that is not an error, and so has no stack. */
const noStack = "(Use `node --trace-uncaught ";
/** What Node.js and package managers print about themselves. */
const noise =
  /^node:internal|^ +triggerUncaughtException\(|^Node\.js v\d|^\(Use `node --trace|^\(node:\d+\) |^npm (warn|notice|error|WARN|ERR!)|^> /;

/** Finds the error that ended a program in what it printed. */
function uncaughtErrorIn(text: string): UncaughtError | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => frame.test(line) || line.startsWith(noStack));
  if (end === -1) return undefined;
  const pointed = lines.slice(0, end).findLastIndex((line) => caret.test(line));
  const start = startOf(lines, pointed, end);
  if (start === -1) return undefined;
  const shownAt = lines.slice(0, start).findLastIndex((line) => location.test(line));
  const [, path, line] = location.exec(lines[shownAt] ?? "") ?? [];
  const [, name = "", first = lines[start]] = head.exec(lines[start] ?? "") ?? [];
  const stackEnd = lines.findIndex((each, index) => index >= end && !frame.test(each));
  const stack = lines.slice(end, stackEnd === -1 ? undefined : stackEnd).map((each) => each.replace(/ \{$/, ""));
  return {
    name,
    message: [first, ...lines.slice(start + 1, end)].join("\n").trim(),
    shown: path === undefined ? undefined : siteOf(`${path}:${line ?? ""}:0`),
    frames: [...filesOf(stack.join("\n"))],
    before: withoutStackTraces(lines.slice(0, shownAt === -1 ? start : shownAt).join("\n")),
  };
}

/**
 * Where the message begins: below the carets that point at the program, or at the last line that names an error. Between them, Node.js
 * shows the next line of a TypeScript file, and then an empty one.
 */
function startOf(lines: readonly string[], pointed: number, end: number): number {
  if (pointed === -1) return lines.slice(0, end).findLastIndex((line) => head.test(line));
  const after = (start: number, holds: (line: string) => boolean): number =>
    lines.findIndex((line, index) => index > start && index < end && holds(line));
  const below = after(pointed, (line) => line.trim() !== "");
  // Node.js marks several lines of TypeScript by ">" rather than by carets.
  if (location.test(lines[below] ?? "")) return after(below, (line) => head.test(line));
  const named = lines[below - 1]?.trim() === "" ? -1 : after(below, (line) => line.trim() === "") + 1;
  return named > 0 && head.test(lines[named] ?? "") ? named : below;
}

function siteOf(place: string): CallSite | undefined {
  return filesOf(`    at ${place}`).next().value ?? undefined;
}

/**
 * Without the advice of Node.js to make a package one of ES modules, where it had to try which kind a program is: the package is often the
 * application's, and other files of it would not load any more.
 */
export function withoutModuleTypeAdvice(text: string): string {
  return text.replace(moduleTypeAdvice, "");
}

const moduleTypeAdvice =
  /^\(node:\d+\) \[MODULE_TYPELESS_PACKAGE_JSON\] Warning: .*(?:\r?\n(?:Reparsing as ES module |To eliminate this warning, |\(Use `node --trace-warnings ).*)*(?:\r?\n)?/gm;

/** What a program printed, but for stack traces and what Node.js and package managers say about themselves. */
function withoutStackTraces(text: string): string {
  const lines = withoutModuleTypeAdvice(text)
    .split(/\r?\n/)
    .filter((line) => ![frame, noise, caret].some((pattern) => pattern.test(line)));
  return lines.join("\n").trim();
}

/** How an app ended that was to be synthesised. */
interface AppEnd {
  /** The command of cdktf.json. */
  readonly app: string;
  /** The absolute path of the folder of cdktf.json. */
  readonly folder: string;
  readonly code: number | undefined;
  /** What it printed to the standard output and to the standard error. */
  readonly output: string;
  readonly errors: string;
}

interface Failure extends AppEnd {
  readonly command: AppCommand;
  /** What it printed. */
  readonly text: string;
  readonly error: UncaughtError | undefined;
  /** The version of Node.js that ran it, as far as it says so. */
  readonly node: string;
}

/** Why an app failed and what to do, in a sentence or two where that is known; otherwise what it said, without a stack trace. */
export function explainAppFailure(end: AppEnd): string {
  const text = `${end.output.trimEnd()}\n${end.errors.trimEnd()}`.trim();
  const node = /^Node\.js v(\d\S*)$/m.exec(text)?.[1] ?? process.versions.node;
  const failure = { ...end, text, node, command: parseAppCommand(end.app, end.folder), error: uncaughtErrorIn(text) };
  for (const explain of explanations) {
    const explanation = explain(failure);
    if (explanation !== undefined) return explanation;
  }
  return text === ""
    ? `It printed nothing and ended with exit code ${end.code ?? "none"}.`
    : withoutStackTraces(text) || text;
}

/** What is known to go wrong, the more telling before the more general. */
const explanations: readonly ((failure: Failure) => string | undefined)[] = [
  commandNotFound,
  scriptNotFound,
  tsNodeOnTypeScript7,
  typescriptOnOldNode,
  unknownExtension,
  uncompiledTypeScript,
  moduleNotFound,
  exportNotFound,
  compilerErrors,
  wrongModuleSystem,
  syntaxError,
  thrownError,
];

const notFound = [
  /(?:^|[\s:])([^\s:]+): (?:command )?not found$/m,
  /command not found: (\S+)$/m,
  /'"?([^'"\s]+)"?' is not recognized as an internal or external command/,
  /Command "(\S+)" not found/,
  /missing packages and no YES option: \["(@?[^"@]+)/,
];

function commandNotFound(failure: Failure): string | undefined {
  const { text, code, app, folder, error, command } = failure;
  const { runner } = command;
  if (error !== undefined) return undefined;
  // npx would install it, and cannot.
  const isRefused = /^npm (error|ERR!)/m.test(text) && (runner === "tsx" || runner === "ts-node");
  if (isRefused && packageFolder(runner, folder) === undefined) return notInstalled(runner, failure);
  const named = notFound.map((pattern) => pattern.exec(text)?.[1]).find((name) => name !== undefined);
  // A shell in another language says it otherwise, with the same exit code.
  const program = named ?? (code === 127 ? app.trim().split(/\s+/)[0] : undefined);
  return program === undefined ? undefined : notInstalled(basename(program), failure);
}

function notInstalled(name: string, failure: Failure): string {
  const { folder } = failure;
  const isTsNode = name.startsWith("ts-node");
  if (name === "tsx") return `"tsx" is not installed. Run: ${installCommand("tsx", folder, { dev: true })}`;
  if (isTsNode && majorOf(installedVersion("typescript", folder)) >= 7) {
    return `"ts-node" is not installed, and it does not run on TypeScript 7. ${useTsx(failure)}.`;
  }
  if (isTsNode)
    return `"ts-node" is not installed. Run: ${installCommand("ts-node", folder, { dev: true })} "typescript@~5.9"`;
  return `"${name}" is not installed, or not on the PATH. Install it, or correct "app" in cdktf.json.`;
}

function scriptNotFound({ text, app }: Failure): string | undefined {
  const name = /Missing script: "?([^"\n]+?)"?$/m.exec(text)?.[1];
  return name && `package.json has no script "${name}". Add it, or correct "app" in cdktf.json ("${app}").`;
}

function tsNodeOnTypeScript7(failure: Failure): string | undefined {
  const { error, folder, command } = failure;
  const version = installedVersion("typescript", folder);
  if (command.runner !== "ts-node" || majorOf(version) < 7 || !error?.frames.some(isOfTsNode)) return undefined;
  return `ts-node does not run on TypeScript 7 (${version ?? ""} is installed). ${useTsx(failure)}, or pin typescript@~5.9.`;
}

function typescriptOnOldNode(failure: Failure): string | undefined {
  const { command, error, node } = failure;
  const { runner, file = "" } = command;
  const isRefused = /UNKNOWN_FILE_EXTENSION|^SyntaxError/.test(error?.name ?? "");
  if (runner !== "node" || !isTypeScript(file) || !isRefused || stripsTypes(node)) return undefined;
  return `Node.js ${node} does not run TypeScript: "node ${file}" needs Node.js 22.18 or newer. Update it, or ${lower(useTsx(failure))}.`;
}

function unknownExtension(failure: Failure): string | undefined {
  const { command, error, folder } = failure;
  const path = /Unknown file extension "\S*" for (.+)/.exec(error?.message ?? "")?.[1];
  if (path === undefined) return undefined;
  const file = fileInProject(path, folder);
  return command.runner === "ts-node"
    ? `ts-node cannot load "${file}" as an ES module. ${useTsx(failure)}.`
    : `Node.js cannot load "${file}". ${useTsx(failure)}.`;
}

function uncompiledTypeScript(failure: Failure): string | undefined {
  const { error, folder } = failure;
  const inPackage = /Stripping types is currently unsupported for files under node_modules, for "(.+?)"/.exec(
    error?.message ?? "",
  )?.[1];
  if (inPackage !== undefined) {
    return `Node.js does not run the TypeScript of a package: "${fileInProject(asPath(inPackage), folder)}". ${useTsx(failure)}, or build the package.`;
  }
  const construct = /TypeScript (.+?) (?:is|are) not supported in strip-only mode/.exec(error?.message ?? "")?.[1];
  if (construct === undefined) return undefined;
  const where = error?.shown === undefined ? "The program" : `"${placeText(error.shown, folder)}"`;
  return `${where} has a TypeScript ${construct}, which Node.js does not compile. ${useTsx(failure)}, or replace the ${construct}.`;
}

function moduleNotFound(failure: Failure): string | undefined {
  const { error, folder, command, app } = failure;
  const missing = error && missingModuleIn(error.message);
  if (error === undefined || missing === undefined) return undefined;
  const { request, importer } = missing;
  const name = packageName(request);
  const isPreloaded = importer === undefined || !isAbsolute(importer) || extname(importer) === "";
  if (isPreloaded && /^(tsx|ts-node)$/.test(name)) return notInstalled(name, failure);
  if (isPreloaded && command.file !== undefined && resolve(folder, request) === resolve(folder, command.file)) {
    return `The app's program "${command.file}" does not exist. Correct "app" in cdktf.json ("${app}").`;
  }
  if (name === "typescript" && error.frames.some(isOfTsNode)) {
    return `ts-node needs TypeScript, which is not installed. Run: ${installCommand("typescript@~5.9", folder, { dev: true })}`;
  }
  const candidates = [error.frames.find(isOfUser)?.path, command.file && resolve(folder, command.file)];
  const importing = isPreloaded ? candidates.find((path) => path !== undefined && imports(path, request)) : importer;
  return explainMissingModule({ request, importer: importing, folder });
}

function exportNotFound({ error, folder, command }: Failure): string | undefined {
  const message = error?.message ?? "";
  const [, source, name] = /The requested module '(.+?)' does not provide an export named '(.+?)'/.exec(message) ?? [];
  const [, named, common] =
    /Named export '(.+?)' not found\. The requested module '(.+?)' is a CommonJS module/.exec(message) ?? [];
  const where = error?.shown === undefined ? "The program" : `"${placeText(error.shown, folder)}"`;
  if (named !== undefined) {
    return `${where} imports "${named}" of "${common ?? ""}", which Node.js does not find there. Import the default export, and take it from that.`;
  }
  if (name === undefined) return undefined;
  const remedy = command.runner === "node" ? ` If it is a type, write: import { type ${name} }` : "";
  return `${where} imports "${name}" of "${source ?? ""}", which does not export it.${remedy}`;
}

/** What tsc says by ts-node, and esbuild by tsx. */
function compilerErrors({ error, folder }: Failure): string | undefined {
  const message = error?.message ?? "";
  const diagnostics = [...message.matchAll(/^(\S.*?)[(:](\d+)[,:]\d+\)?(?: - |: )error (TS\d+): (.*)$/gm)];
  if (diagnostics.length > 0) {
    const lines = diagnostics.map(
      ([, path = "", line = "", code = "", text = ""]) =>
        `- ${placeText({ path: resolve(folder, path), line: Number(line) }, folder)}: ${text} (${code})`,
    );
    return `The program does not compile:\n${lines.join("\n")}`;
  }
  const [, path, line, problem] = /^(.+):(\d+):\d+: ERROR: (.*)$/m.exec(message) ?? [];
  if (path === undefined || problem === undefined) return undefined;
  const place = placeText({ path: resolve(folder, path), line: Number(line) }, folder);
  return problem.startsWith("Top-level await")
    ? `"${place}" awaits at the top level, which only an ES module can. Rename the file to "${renamed(path, "m")}", in cdktf.json too.`
    : `Syntax error in "${place}": ${problem}.`;
}

/** A module of one kind that is loaded as the other. No remedy changes the package's own kind: the application needs it. */
function wrongModuleSystem(failure: Failure): string | undefined {
  const { error, folder, command, node } = failure;
  if (error === undefined) return undefined;
  const { message } = error;
  const site = [error.shown, ...error.frames].find((each) => each !== undefined);
  const path = site?.path ?? "";
  const where = site === undefined ? "The program" : `"${placeText(site, folder)}"`;
  const variable = /^(require|module|exports|__filename|__dirname) is not defined in ES module scope/.exec(
    message,
  )?.[1];
  if (variable !== undefined) {
    const modern =
      { require: "import", __dirname: "import.meta.dirname", __filename: "import.meta.filename" }[variable] ?? "export";
    return `${where} uses ${variable}, which ES modules do not have. Use ${modern}, or rename the file to "${renamed(path, "c")}".`;
  }
  if (/^Cannot use import statement outside a module|^Unexpected token 'export'/.test(message)) {
    return command.runner === "ts-node"
      ? `ts-node compiles "${fileInProject(path, folder)}" to an ES module, as "module" of tsconfig.json says, and loads it as CommonJS. ${useTsx(failure)}.`
      : `${where} is an ES module that is loaded as CommonJS. Rename the file to "${renamed(path, "m")}", or ${lower(useTsx(failure))}.`;
  }
  const [, required, from] = /^require\(\) of ES Module (\S.*?) from (\S.*?) not supported/.exec(message) ?? [];
  if (required === undefined) return undefined;
  return `"${fileInProject(from ?? path, folder)}" requires the ES module "${fileInProject(required, folder)}", which Node.js ${node} cannot. ${useTsx(failure)}, or use Node.js 22.12 or newer.`;
}

function syntaxError({ error, folder }: Failure): string | undefined {
  if (error?.name.startsWith("SyntaxError") !== true) return undefined;
  const [, json, problem] = /^(.+\.json): (.+)/.exec(error.message) ?? [];
  if (json !== undefined) return invalidJson(asPath(json), problem ?? "", folder);
  return error.shown && `Syntax error in "${placeText(error.shown, folder)}": ${error.message}.`;
}

function thrownError({ error, folder }: Failure): string | undefined {
  if (error === undefined) return undefined;
  const site = [...error.frames, error.shown].find((each) => each !== undefined && isOfUser(each));
  const where = site === undefined ? "" : ` in "${placeText(site, folder)}"`;
  const before = error.before === "" ? "" : `\n\nBefore that, it printed:\n${error.before}`;
  return `Error${where}: ${withoutModuleObjects(error.message)}${before}`;
}

/** How to run the app by a runner that takes every kind of TypeScript. */
function useTsx({ command: { file = "main.ts" }, folder }: Failure): string {
  const app = `"app": "npx tsx ${file}" into cdktf.json`;
  if (packageFolder("tsx", folder) !== undefined) return `Write ${app}`;
  return `Run ${installCommand("tsx", folder, { dev: true })} and write ${app}`;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** A file's name as that of an ES module (`m`) or of CommonJS (`c`). */
function renamed(path: string, kind: "m" | "c"): string {
  return basename(asPath(path)).replace(/\.[cm]?([jt]s)$/, `.${kind}$1`);
}

function placeText({ path, line }: CallSite, folder: string): string {
  return `${fileInProject(path, folder)}:${line}`;
}

function isOfTsNode({ path }: CallSite): boolean {
  return /[\\/]ts-node[\\/]/.test(path);
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?ts$/.test(file);
}

/** Whether a version of Node.js runs TypeScript by removing its types, without an option. */
function stripsTypes(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === 22 ? minor >= 18 : major === 23 ? minor >= 6 : major > 23;
}

function majorOf(version: string | undefined): number {
  return version === undefined ? 0 : Number.parseInt(version, 10);
}

function asPath(text: string): string {
  return text.startsWith("file:") ? fileURLToPath(text) : text;
}
