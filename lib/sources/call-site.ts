import { readFileSync, realpathSync } from "node:fs";
import { basename, isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { quote } from "../base/problem";
import { type Shape, type TextShape, textWhere } from "../base/shape";

/** A line of a file on this machine. */
export interface CallSite {
  readonly path: string;
  readonly line: number;
}

/**
 * Where `callee` was called from; undefined where the stack does not tell. The stack is taken as text, because that is
 * what the source-map hooks of ts-node, jest and `node --enable-source-maps` translate to the lines a person wrote.
 */
export function callSite(callee: (...parameters: never[]) => unknown): CallSite | undefined {
  try {
    const holder = new Error("call site");
    Error.captureStackTrace(holder, callee);
    return firstFileOf(holder.stack ?? "");
  } catch {
    return undefined;
  }
}

/** The first frame of a stack that is in a file, rather than in Node itself or in evaluated text. */
export function firstFileOf(stack: string): CallSite | undefined {
  return filesOf(stack).next().value ?? undefined;
}

/** The frames of a stack that are in a file, from the inside out. */
export function* filesOf(stack: string): Generator<CallSite, undefined> {
  for (const text of stack.split("\n")) {
    const frame = /^\s*at (?:async )?(.+):(\d+):\d+\)?$/.exec(text);
    if (frame?.[1] === undefined) continue;
    // `function (file:1:2)` or `file:1:2`; the path itself may hold a parenthesis.
    const candidates = [frame[1], frame[1].slice(frame[1].indexOf(" (") + 2)];
    const path = candidates.map(toPath).find(isAbsolute);
    if (path !== undefined) yield { path, line: Number(frame[2]) };
  }
}

function toPath(text: string): string {
  return text.startsWith("file://") ? fileURLToPath(text) : text;
}

/**
 * A file's name as a place shows it: relative to the project's folder, with forward slashes. A file outside that folder
 * goes by its bare name, because the way there differs between two checkouts.
 */
export function placeFile(root: string, path: string): string {
  const way = relative(real(root), real(path));
  return way === "" || isOutside(way) ? basename(path) : toPosix(way);
}

/** Whether a relative path leads out of the folder that it starts from, or to another drive. */
export function isOutside(way: string): boolean {
  return way.split(sep)[0] === ".." || isAbsolute(way);
}

/** A path with forward slashes, as it is shown and recorded on every machine. */
export function toPosix(path: string): string {
  return path.split(sep).join("/");
}

/** A path without symbolic links; as it is where nothing is there. */
export function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** The lines of a file; none where it cannot be read. */
export function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A path that names something: what else is wrong with it shows when it is read. */
export function pathTo(what: string): Shape<string> & TextShape {
  return textWhere(what, (path) => path !== "");
}

/** The name of a file's ending, such as that of `.env.staging`. */
export const fileEnding = textWhere('a part of a file\'s name, such as "production"', isFileEnding);

/** Whether a name can be the end of a file's: `.env.<name>`, `apphosting.<name>.yaml`. */
function isFileEnding(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}

/** A call as a message names it, such as `envFile(".env")`. */
export function callOf(name: string, ...given: readonly unknown[]): string {
  return `${name}(${given.map(quote).join(", ")})`;
}
