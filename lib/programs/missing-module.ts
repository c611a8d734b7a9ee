import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { editDistance } from "../base/edit-distance";
import { isOutside, linesOf, toPosix } from "../sources/call-site";
import { parseJson } from "../sources/formats/json-text";
import { tableAt, entryAt } from "../sources/formats/lined-value";
import { hasProperties } from "../base/errors";
import { installCommand, manifestOf, packageFolder, upwards } from "./packages";

/** An import that leads nowhere. */
interface MissingModule {
  /** What is imported: as it is written, or the absolute path that it leads to. */
  readonly request: string;
  /** The absolute path of the importing file; undefined where it is not known. */
  readonly importer: string | undefined;
  /** The folder of the project. */
  readonly folder: string;
}

/** A file's name as a message shows it: relative to the project where it is in it. */
export function fileInProject(path: string, folder: string): string {
  const way = relative(folder, path);
  return way === "" || isOutside(way) ? path : toPosix(way);
}

/** Why an import leads nowhere, and what to do. */
export function explainMissingModule({ request, importer, folder }: MissingModule): string {
  const from = importer === undefined ? folder : dirname(importer);
  const written = isAbsolute(request) ? writtenAs(request, importer) : request;
  const where = importer === undefined ? "The program" : `"${place(importer, written ?? request, folder)}"`;
  if (written !== undefined && /^\.{1,2}([\\/]|$)/.test(written)) {
    const near = nearestFile(resolve(from, written));
    const remedy = near === undefined ? "Correct the path." : `Did you mean "${beside(written, near)}"?`;
    return `${where} imports "${written}", which does not exist. ${remedy}`;
  }
  if (written === undefined || isAbsolute(written)) return missingFile(where, written ?? request, importer, folder);
  if (written.startsWith("#")) {
    return `${where} imports "${written}", which the "imports" of package.json do not define. Define it there, or correct the import.`;
  }
  const name = packageName(written);
  const installed = packageFolder(name, from);
  if (installed === undefined) {
    const { patterns, problem } = pathsOf(from, folder);
    const isAlias = patterns.some((pattern) => {
      const [prefix = "", rest] = pattern.split("*");
      return rest === undefined ? written === pattern : prefix !== "" && written.startsWith(prefix);
    });
    if (/^[@~]\//.test(written) && !isAlias && problem !== undefined) {
      return `${where} imports "${written}", and ${problem}. Correct that first.`;
    }
    return isAlias || /^[@~]\//.test(written)
      ? `${where} imports "${written}", and the "paths" of tsconfig.json do not resolve it to a file. Correct the import or the paths.`
      : `${where} imports "${name}", which is not installed. Run: ${installCommand(name, folder)}`;
  }
  const file = missingTarget(installed, `.${written.slice(name.length)}`);
  if (file !== undefined) return unbuilt(where, name, file, folder);
  return written === name
    ? `${where} imports "${name}", which is installed, but has no file to load. Build that package, or install it again.`
    : `${where} imports "${written}", which the package "${name}" does not have. Correct the import, or update the package.`;
}

/** The `paths` of the nearest tsconfig.json, and why it cannot be read. */
interface Paths {
  readonly patterns: readonly string[];
  readonly problem?: string;
}

function pathsOf(from: string, folder: string): Paths {
  const settings = upwards(from)
    .map((each) => join(each, "tsconfig.json"))
    .find((file) => existsSync(file));
  return settings === undefined ? { patterns: [] } : pathsIn(settings, folder, []);
}

function pathsIn(file: string, folder: string, before: readonly string[]): Paths {
  const parsed = parseJson(
    linesOf(file)
      .join("\n")
      .replace(/^\uFEFF/, ""),
    "JSONC",
  );
  const shown = fileInProject(file, folder);
  if (!parsed.ok) return { patterns: [], problem: `"${shown}:${parsed.line}" is not valid JSON: ${parsed.message}` };
  const own = tableAt(parsed.value, "compilerOptions", "paths");
  if (own !== undefined) return { patterns: [...own.entries.keys()] };
  const all = entryAt(parsed.value, "extends");
  const extended = (all?.kind === "list" ? all.items : all === undefined ? [] : [all]).flatMap((one) =>
    one.kind === "text" ? [one.text] : [],
  );
  const bases = extended.map((name): Paths => {
    const base = extendedFile(name, file);
    if (base === undefined) return { patterns: [], problem: `"${shown}" extends "${name}", which does not exist` };
    return before.includes(base) ? { patterns: [] } : pathsIn(base, folder, [...before, file]);
  });
  const problem = bases.find((base) => base.problem !== undefined)?.problem;
  return { patterns: bases.at(-1)?.patterns ?? [], ...(problem !== undefined && { problem }) };
}

/** A file that a tsconfig.json extends, beside it or in a package. */
function extendedFile(name: string, file: string): string | undefined {
  const { resolve: find } = createRequire(file);
  for (const each of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      return find(each);
    } catch {
      // The next one.
    }
  }
  return undefined;
}

function unbuilt(where: string, name: string, file: string, folder: string): string {
  return `${where} imports "${name}", whose file "${fileInProject(file, folder)}" does not exist. Build that package, or install it again.`;
}

/** The first file that a package promises for a part of it, and does not have. */
function missingTarget(installed: string, part: string): string | undefined {
  const { main, exports } = manifestOf(installed)?.content ?? {};
  const isMap = hasProperties(exports) && Object.keys(exports).some((key) => key.startsWith("."));
  const promised = exports === undefined ? (part === "." ? main : undefined) : isMap ? exports[part] : exports;
  return targetsIn(promised)
    .filter((target) => !/\.d\.[cm]?ts$/.test(target))
    .map((target) => resolve(installed, target))
    .find((target) => !existsSync(target));
}

/** The files that an entry of `exports` names, whatever the conditions. */
function targetsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return hasProperties(value) ? Object.values(value).flatMap(targetsIn) : [];
}

/** A file that no import names: the main file of a package, or the program itself. */
function missingFile(where: string, path: string, importer: string | undefined, folder: string): string {
  const owner = manifestOf(dirname(path));
  const own = importer === undefined ? manifestOf(folder) : manifestOf(dirname(importer));
  if (owner === undefined || owner.folder === own?.folder) {
    return `"${fileInProject(path, folder)}" does not exist. Correct the path.`;
  }
  return unbuilt(where, owner.name, path, folder);
}

/** The import in a file that leads to a path: relative, or the name of the package that the path is in. */
function writtenAs(path: string, importer: string | undefined): string | undefined {
  if (importer === undefined) return undefined;
  const imports = linesOf(importer).flatMap((line) =>
    [...line.matchAll(/(["'])(\.{1,2}\/.*?)\1/g)].map(([, , text = ""]) => text),
  );
  return imports.find((text) => resolve(dirname(importer), text) === path);
}

/** Where a file imports something, as far as its text tells. */
function place(importer: string, request: string, folder: string): string {
  const line = lineOfImport(importer, request);
  const file = fileInProject(importer, folder);
  return line === undefined ? file : `${file}:${line}`;
}

/** Whether a file imports something, by its own name or by that of the package whose file it is. */
export function imports(file: string, request: string): boolean {
  return lineOfImport(file, request) !== undefined;
}

function lineOfImport(file: string, request: string): number | undefined {
  const name = isAbsolute(request) ? (manifestOf(dirname(request))?.name ?? request) : request;
  const index = linesOf(file).findIndex((text) => ["'", '"'].some((quote) => text.includes(`${quote}${name}${quote}`)));
  return index === -1 ? undefined : index + 1;
}

/** The name of the package in an import, such as `@acme/hosts` in `@acme/hosts/internal`. */
export function packageName(request: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(request)?.[0] ?? request;
}

/** The name of a file beside a missing one that is probably meant. */
function nearestFile(missing: string): string | undefined {
  const wanted = stem(missing);
  const folder = dirname(missing);
  const programs = existsSync(folder) ? readdirSync(folder).filter((name) => /\.([cm]?[jt]sx?|json)$/.test(name)) : [];
  const distances = programs
    .map((name) => ({ name, distance: editDistance(stem(name).toLowerCase(), wanted.toLowerCase(), 2) }))
    .flatMap(({ name, distance }) => (distance === undefined || distance >= wanted.length ? [] : [{ name, distance }]));
  return distances.sort((one, other) => one.distance - other.distance)[0]?.name;
}

function stem(path: string): string {
  return basename(path).replace(/\.([cm]?[jt]sx?|json)$/, "");
}

/** The import of a file beside the one that an import names. */
function beside(request: string, name: string): string {
  return `${request.slice(0, request.lastIndexOf("/") + 1)}${name}`;
}
