import { basename, dirname, isAbsolute, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { editDistance } from "../base/edit-distance";
import { type CallSite, filesOf, linesOf } from "../sources/call-site";
import { parseJson } from "../sources/formats/json-text";
import { hasProperties } from "../base/errors";
import { type NamedImport } from "./babel-plugins";
import { explainMissingModule, fileInProject } from "./missing-module";
import { manifestOf } from "./packages";

/** Why a module of the user's cannot be loaded: what is wrong, where, and what to do. */
export class LoadFailure extends Error {
  override readonly name = "LoadFailure";
}

/** What was loaded when an error occurred. */
interface Loading {
  /** The absolute path of the module. */
  readonly path: string;
  /** The folder of the project. */
  readonly folder: string;
  /** What the compiled modules import, as far as they came. */
  readonly imported: readonly NamedImport[];
  /** A module that a file imports; undefined where it is not loaded. */
  readonly moduleOf: (imported: NamedImport) => Promise<unknown>;
}

/** An error of loading a module, as the user can act on it. */
export async function explainLoadError(error: unknown, loading: Loading): Promise<LoadFailure> {
  if (error instanceof LoadFailure) return error;
  const { path, folder } = loading;
  const text =
    missingModule(error, loading) ??
    invalidFile(error, folder) ??
    foreignFile(error, loading) ??
    (await missingExport(loading));
  if (text !== undefined) return new LoadFailure(text, { cause: error });
  const { message, stack } = hasProperties(error) ? error : {};
  const site = typeof stack === "string" ? ownFrame(stack) : undefined;
  const where = site === undefined ? fileInProject(path, folder) : placeText(site, folder);
  const what =
    typeof message === "string" && message !== "" ? withoutModuleObjects(message) : `it throws ${thrown(error)}`;
  return new LoadFailure(`"${where}" cannot be loaded: ${what}`, { cause: error });
}

/** What was thrown without a message: an error by its name. */
function thrown(error: unknown): string {
  if (!hasProperties(error) || typeof error["stack"] !== "string") return inspect(error);
  const { constructor } = error;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "an error without a message";
}

/** A mistake in the syntax of a file, with what a parser says of it. */
export function syntaxFailure(site: CallSite, message: string, folder: string): LoadFailure {
  const [first = ""] = message.split("\n");
  return new LoadFailure(
    `Syntax error in "${placeText(site, folder)}": ${first.replace(/\s*\(\d+:\d+\)|[.:]?\s*$/g, "")}.`,
  );
}

function placeText({ path, line }: CallSite, folder: string): string {
  return `${fileInProject(path, folder)}:${line}`;
}

/** An import that leads nowhere, as jiti and Node.js report it. */
function missingModule(error: unknown, { imported, folder }: Loading): string | undefined {
  const missing = hasProperties(error) ? missingModuleIn(String(error["message"])) : undefined;
  if (missing === undefined) return undefined;
  const { request } = missing;
  const name = isAbsolute(request) ? manifestOf(dirname(request))?.name : request;
  const importer = missing.importer ?? imported.find(({ source }) => source === name)?.file;
  return explainMissingModule({ request, importer, folder });
}

/** A file that cannot be parsed, as Node.js reports it. */
function invalidFile(error: unknown, folder: string): string | undefined {
  if (!hasProperties(error) || error["name"] !== "SyntaxError") return undefined;
  const [, json, problem] = /^(.+\.json): (.+)$/m.exec(String(error["message"])) ?? [];
  if (json !== undefined && problem !== undefined) {
    return invalidJson(asPath(json), problem, folder);
  }
  const [, file = "", line] = /^(\S.*):(\d+)$/m.exec(String(error["stack"])) ?? [];
  const path = asPath(file);
  return isAbsolute(path)
    ? syntaxFailure({ path, line: Number(line) }, String(error["message"]), folder).message
    : undefined;
}

/** A file that is not JSON: where and why, which not every version of Node.js tells in one line. */
export function invalidJson(path: string, problem: string, folder: string): string {
  const parsed = parseJson(linesOf(path).join("\n"), "JSON");
  return parsed.ok
    ? `"${fileInProject(path, folder)}" is not valid JSON: ${problem}.`
    : `"${placeText({ path, line: parsed.line }, folder)}" is not valid JSON: ${parsed.message}.`;
}

/** An import of a style, an image or anything else that only a bundler makes a module of. */
function foreignFile(error: unknown, { imported, folder }: Loading): string | undefined {
  const message = hasProperties(error) ? String(error["message"]) : "";
  const path = /^Unknown file extension "\S*" for (.+)/.exec(message)?.[1];
  if (path === undefined) return undefined;
  const found = imported.find(({ source }) => basename(source) === basename(asPath(path)));
  const what =
    found === undefined
      ? `"${fileInProject(asPath(path), folder)}" is imported, and is`
      : `"${placeText({ path: found.file, line: found.line }, folder)}" imports "${found.source}", which is`;
  return `${what} not a program. Move what the environments need into a file that does not import it.`;
}

/** A name that a module does not export. CommonJS gives undefined for it, and what fails because of that says nothing of it. */
async function missingExport({ imported, moduleOf, folder }: Loading): Promise<string | undefined> {
  for (const each of imported) {
    if (isOfPackage(each.file)) continue;
    const module = await moduleOf(each);
    const missing = each.names.find((name) => isMissing(module, name));
    if (missing === undefined) continue;
    const where = placeText({ path: each.file, line: each.line }, folder);
    const what = missing === "default" ? "the default export" : `"${missing}"`;
    return `"${where}" imports ${what} of "${each.source}", which does not export it. ${exportsOf(module, missing)}`;
  }
  return undefined;
}

function isMissing(module: unknown, name: string): boolean {
  if (typeof module === "function") return false;
  if (!hasProperties(module) || name in module) return false;
  // A module of CommonJS is its own default export.
  return name === "default" ? "__esModule" in module : module[name] === undefined;
}

/** The ten names that a module exports first, before them what was probably meant. */
function exportsOf(module: unknown, missing: string): string {
  const names = hasProperties(module) ? Object.keys(module) : [];
  if (names.length === 0) return "It exports nothing.";
  const isNear = (name: string): boolean => editDistance(name.toLowerCase(), missing.toLowerCase(), 2) !== undefined;
  const shown = [...names.filter(isNear), ...names.filter((name) => !isNear(name))].slice(0, 10);
  return `It exports ${shown.join(", ")}${names.length > shown.length ? ", …" : "."}`;
}

/** The innermost frame of a stack in the user's own files. */
function ownFrame(stack: string): CallSite | undefined {
  return [...filesOf(stack)].find(isOfUser);
}

/** Whether a frame is in a file of the user's, rather than in a package or in the library. */
export function isOfUser({ path }: CallSite): boolean {
  const library = manifestOf(__dirname)?.folder ?? __dirname;
  return !isOfPackage(path) && !["lib", "dist"].some((folder) => path.startsWith(`${library}${sep}${folder}${sep}`));
}

function isOfPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path);
}

/** What Node.js says of an import that leads nowhere: what is imported, and the file that imports it. */
export function missingModuleIn(
  text: string,
): { readonly request: string; readonly importer: string | undefined } | undefined {
  const [, request, from] = /Cannot find (?:module|package) '(.+?)'(?: imported from (.+))?/.exec(text) ?? [];
  if (request !== undefined) {
    const [, requiring] = /^Require stack:\n- (.+)$/m.exec(text) ?? [];
    return { request: asPath(request), importer: fileOf(from ?? requiring) };
  }
  const [, subpath = "", manifest, importer] =
    /(?:Package subpath '\.(.+?)' is not|No "exports" main) defined (?:by "exports" )?in (.+?package\.json)(?: imported from (.+))?/.exec(
      text,
    ) ?? [];
  if (manifest === undefined) return undefined;
  return { request: `${manifestOf(dirname(manifest))?.name ?? ""}${subpath}`, importer: fileOf(importer) };
}

function fileOf(text: string | undefined): string | undefined {
  const path = asPath(text ?? "");
  return isAbsolute(path) ? path : undefined;
}

function asPath(text: string): string {
  return text.startsWith("file:") ? fileURLToPath(text) : text;
}

/** A message without the objects that a compiler makes of imports: `(0, _hosts.list) is not a function`. */
export function withoutModuleObjects(message: string): string {
  return message.replace(/\(0 ?, ?[\w$]+\.([\w$]+)\)/g, "$1");
}
