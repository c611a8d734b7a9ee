import { join } from "node:path";
import { type Finding } from "../../origins/finding";
import { type LinedValue, type ParsedText } from "./lined-value";
import { isFolder, readTextFile, shownFile } from "./text-file";

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
    message: `"${file}" is no valid ${name}: ${parsed.message}`,
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
