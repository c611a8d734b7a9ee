import { type CallSite, filesOf } from "../sources/call-site";

/** An error that ended a program, as Node.js prints it. */
export interface UncaughtError {
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
export function uncaughtErrorIn(text: string): UncaughtError | undefined {
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
export function withoutStackTraces(text: string): string {
  const lines = withoutModuleTypeAdvice(text)
    .split(/\r?\n/)
    .filter((line) => ![frame, noise, caret].some((pattern) => pattern.test(line)));
  return lines.join("\n").trim();
}
