import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, isAbsolute, join, normalize, resolve } from "node:path";
import { errorCode } from "../../base/errors";
import { type Finding } from "../../origins/finding";
import { placeFile, toPosix } from "../call-site";
import { type LinedValue, type ParsedText } from "./lined-value";

/** Loads a package when it is first needed: most programs read few of the formats that there are. */
export function loadPackage<T>(name: string, isExpected: (loaded: unknown) => loaded is T): T {
  const loaded: unknown = createRequire(__filename)(name);
  if (isExpected(loaded)) return loaded;
  throw new Error(`unexpected version of the package ${name}: install the version that this package requires`);
}

/** Whether a package has functions of these names. */
export function hasFunctions(loaded: unknown, ...names: readonly string[]): boolean {
  if (typeof loaded !== "object" || loaded === null) return false;
  return names.every((name) => typeof Reflect.get(loaded, name) === "function");
}

/** A file's text, or why it is missing. `file` is its name as a place shows it. */
export type TextFile =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly file: string; readonly missing: boolean; readonly finding: Finding };

/** A larger file was not written by a person. */
const mostBytes = 1_000_000;

/** Reads a file of the project; a file that cannot be read is a finding. */
export function readTextFile(root: string, path: string): TextFile {
  const file = shownFile(root, path);
  const refused = (rule: string, message: string, remedy: string, missing = false): TextFile => {
    const finding: Finding = {
      rule,
      severity: "error",
      value: file,
      place: { file },
      message: `"${file}" ${message}`,
      remedy,
    };
    return { ok: false, file, missing, finding };
  };
  try {
    const absolute = resolve(root, path);
    const status = statSync(absolute);
    if (status.isDirectory()) return refused("unreadable-file", "is a folder", "name a file in it");
    if (!status.isFile()) return refused("unreadable-file", "is not a regular file", "use a regular file");
    if (status.size > mostBytes)
      return refused("unreadable-file", "is larger than 1 MB", "name a file that holds settings");
    const text = readFileSync(absolute, "utf8");
    if (text.includes("\0")) return refused("unreadable-file", "is not a text in UTF-8", "save it as UTF-8");
    return { ok: true, file, text };
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (code === "ENOENT" || code === "ENOTDIR")
      return refused("missing-file", "does not exist", remedyForMissing(path), true);
    return refused("unreadable-file", `cannot be read (${code})`, "give the current user read access");
  }
}

/** Whether the path is a folder of the project. One that cannot be examined does not count: reading it says why. */
export function isFolder(root: string, path: string): boolean {
  try {
    return statSync(resolve(root, path)).isDirectory();
  } catch {
    return false;
  }
}

/** A relative path as it was written, an absolute one as a place shows it: no place depends on the checkout's folder. */
export function shownFile(root: string, path: string): string {
  return isAbsolute(path) ? placeFile(root, path) : toPosix(normalize(path));
}

function remedyForMissing(path: string): string {
  const correct = "create it, or correct the path, which starts from the project's folder";
  if (!basename(path).startsWith(".env")) return correct;
  return (
    `${correct}; where git ignores it, it exists on one machine only: keep the page addresses in a file without secrets, such as ` +
    "site.env, and commit that one"
  );
}

/** A format of files: what it is called, and what understands it. */
export interface Format {
  readonly name: string;
  readonly parse: (text: string) => ParsedText;
}

/** What a file holds, or why it cannot be told. `missing` is the file that is not there. */
export type ParsedFile =
  | { readonly ok: true; readonly file: string; readonly value: LinedValue }
  | { readonly ok: false; readonly missing: boolean; readonly finding: Finding };

/** Reads a file of the project and understands it. What goes wrong is a finding, with the line where the text stops making sense. */
export function readParsedFile(root: string, path: string, { name, parse }: Format): ParsedFile {
  const read = readTextFile(root, path);
  if (!read.ok) return { ok: false, missing: read.missing, finding: read.finding };
  const { file, text } = read;
  const parsed = parse(text);
  if (parsed.ok) return { ok: true, file, value: parsed.value };
  const finding: Finding = {
    rule: "invalid-config",
    severity: "error",
    value: file,
    place: { file, line: parsed.line },
    message: `"${file}" is not valid ${name}: ${parsed.message}`,
    remedy: "correct the file",
  };
  return { ok: false, missing: false, finding };
}

/** A path, or the first file in that folder that has one of the names; a folder without any is a finding. */
export function fileIn(
  root: string,
  path: string,
  names: readonly string[],
): { readonly path: string } | { readonly finding: Finding } {
  if (!isFolder(root, path)) return { path };
  const found = names.map((name) => join(path, name)).find((candidate) => exists(root, candidate));
  if (found !== undefined) return { path: found };
  const file = shownFile(root, path);
  return {
    finding: {
      rule: "missing-file",
      severity: "error",
      value: file,
      place: { file },
      message: `"${file}" holds no ${names.join(", ")}`,
      remedy: "correct the path, which starts from the project's folder",
    },
  };
}

function exists(root: string, path: string): boolean {
  const read = readTextFile(root, path);
  return read.ok || !read.missing;
}
