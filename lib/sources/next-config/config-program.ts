import { createRequire } from "node:module";
import type * as BabelParser from "@babel/parser";
import { type CallExpression, type File, type Identifier, type Node } from "@babel/types";
import { exportsOf, importsIn } from "./config-modules";
import { Names } from "./config-names";
import { lineOf, memberPath, rootOf, walk } from "./config-nodes";

/** A program that was parsed: what it exports, and what its names stand for. */
export interface ConfigProgram {
  /** What the program exports as a whole, and what it exported before that (`module.exports = wrap(module.exports)`). */
  readonly exported: readonly Node[];
  /** What a name stands for at that place; undefined where that is not one expression that never changes. */
  constant(name: Identifier): Node | undefined;
  /** The file or package that a name is imported from, or required. */
  importedFrom(name: string): string | undefined;
  /** The calls of functions that are imported from there. */
  callsInto(source: string): readonly CallExpression[];
  /** The function that is called on a name for nothing but what it does to it, such as `Object.assign(config, …)`. */
  changedBy(name: string): string | undefined;
  /** The assignments to members, such as `config.i18n = …`: the names behind the first, and where. */
  readonly assignments: readonly { readonly path: readonly string[]; readonly line: number }[];
}

/** A program, or why and where it is none. */
export type ParsedProgram =
  | { readonly ok: true; readonly program: ConfigProgram }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Parses a configuration file. The parser is loaded on the first call: most stacks read no configuration. */
export function parseProgram(text: string, isTypeScript: boolean): ParsedProgram {
  try {
    const file = loadParser().parse(text, {
      sourceType: "unambiguous",
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      plugins: [isTypeScript ? "typescript" : "jsx"],
    });
    return { ok: true, program: describe(file, isTypeScript) };
  } catch (error) {
    // The parser's message ends with the position: "Unexpected token (3:14)".
    const [, message, line] = /^(.*?)\.? \((\d+):\d+\)$/s.exec(error instanceof Error ? error.message : "") ?? [];
    if (message === undefined) throw error;
    return { ok: false, line: Number(line), message };
  }
}

function loadParser(): typeof BabelParser {
  const loaded: unknown = createRequire(__filename)("@babel/parser");
  if (isParser(loaded)) return loaded;
  throw new Error("@babel/parser has no function parse: install version 7");
}

function isParser(loaded: unknown): loaded is typeof BabelParser {
  return typeof loaded === "object" && loaded !== null && "parse" in loaded;
}

function describe(file: File, isTypeScript: boolean): ConfigProgram {
  const names = new Names();
  const imported = new Map<string, string>();
  const calls: CallExpression[] = [];
  const changed = new Map<string, string>();
  const assignments: { path: readonly string[]; line: number }[] = [];
  walk(file.program, (node) => {
    names.note(node);
    for (const [name, source] of importsIn(node)) imported.set(name, source);
    if (node.type === "CallExpression") calls.push(node);
    for (const [name, callee] of changesIn(node)) changed.set(name, callee);
    const target = targetOf(node);
    const path = target === undefined ? undefined : memberPath(target);
    if (path !== undefined) assignments.push({ path: path.filter((name) => name !== "exports"), line: lineOf(node) });
    return undefined;
  });
  return {
    exported: exportsOf(file, isTypeScript),
    constant: (name) => names.constant(name),
    importedFrom: (name) => imported.get(name),
    changedBy: (name) => changed.get(name),
    callsInto: (source) =>
      calls.filter(({ callee }) => callee.type === "Identifier" && imported.get(callee.name) === source),
    assignments,
  };
}

/** What is assigned to, or deleted. */
function targetOf(node: Node): Node | undefined {
  if (node.type === "AssignmentExpression") return node.left;
  return node.type === "UnaryExpression" && node.operator === "delete" ? node.argument : undefined;
}

/** The names that a statement hands to a function whose result nobody looks at, each with that function. */
function changesIn(node: Node): readonly (readonly [string, string])[] {
  if (node.type !== "ExpressionStatement") return [];
  const { expression } = node;
  const call = expression.type === "AwaitExpression" ? expression.argument : expression;
  if (call.type !== "CallExpression") return [];
  const callee = rootOf(call.callee)?.name ?? "a call";
  if (callee === "console") return [];
  return call.arguments.flatMap((argument) =>
    argument.type === "Identifier" ? [[argument.name, callee] as const] : [],
  );
}
