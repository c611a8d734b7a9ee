import { errorCode } from "../../base/errors";
import { readFileSync, statSync } from "node:fs";
import { basename, isAbsolute, normalize, resolve, sep } from "node:path";
import { type Finding } from "../../origins/finding";
import { placeFile } from "../call-site";

/** A file's text, or why there is none. `file` is its name as a place shows it. */
export type TextFile =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly file: string; readonly missing: boolean; readonly finding: Finding };

/** Beyond this it is no file that a person wrote. */
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
    if (!status.isFile()) return refused("unreadable-file", "is not a regular file", "name a file that stays as it is");
    if (status.size > mostBytes)
      return refused("unreadable-file", "is larger than 1 MB", "name a file that holds settings");
    const text = readFileSync(absolute, "utf8");
    if (text.includes("\0")) return refused("unreadable-file", "is not a text in UTF-8", "save it as UTF-8");
    return { ok: true, file, text };
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (code === "ENOENT" || code === "ENOTDIR")
      return refused("missing-file", "does not exist", remedyForMissing(path), true);
    return refused("unreadable-file", `cannot be read (${code})`, "let the user who runs this read it");
  }
}

/** Whether the path is a folder of the project. What cannot be told is none: reading it says why. */
export function isFolder(root: string, path: string): boolean {
  try {
    return statSync(resolve(root, path)).isDirectory();
  } catch {
    return false;
  }
}

/** A relative path as it was written, an absolute one as a place shows it: no place depends on the checkout's folder. */
export function shownFile(root: string, path: string): string {
  return isAbsolute(path) ? placeFile(root, path) : normalize(path).split(sep).join("/");
}

function remedyForMissing(path: string): string {
  const correct = "create it, or correct the path, which starts from the project's folder";
  if (!basename(path).startsWith(".env")) return correct;
  return (
    `${correct}; where git ignores it, it exists on one machine only: keep the page addresses in a file without secrets, such as ` +
    "site.env, and commit that one"
  );
}
