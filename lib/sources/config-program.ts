import { createRequire } from "node:module";
import type * as BabelParser from "@babel/parser";
import { type CallExpression, type Expression, type File, type Identifier, type Node } from "@babel/types";

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
  const assignments: { path: readonly string[]; line: number }[] = [];
  walk(file.program, (node) => {
    names.note(node);
    for (const [name, source] of importsIn(node)) imported.set(name, source);
    if (node.type === "CallExpression") calls.push(node);
    if (node.type !== "AssignmentExpression") return undefined;
    const path = memberPath(node.left);
    if (path !== undefined) assignments.push({ path: path.filter((name) => name !== "exports"), line: lineOf(node) });
    return undefined;
  });
  return {
    exported: exportsOf(file, isTypeScript),
    constant: (name) => names.constant(name),
    importedFrom: (name) => imported.get(name),
    callsInto: (source) =>
      calls.filter(({ callee }) => callee.type === "Identifier" && imported.get(callee.name) === source),
    assignments,
  };
}

/** The names that a statement imports or requires, each with where from. */
function importsIn(node: Node): readonly (readonly [string, string])[] {
  if (node.type === "ImportDeclaration") return node.specifiers.map(({ local }) => [local.name, node.source.value]);
  if (node.type !== "VariableDeclarator" || !node.init) return [];
  const source = requiredBy(node.init);
  if (source === undefined) return [];
  if (node.id.type === "Identifier") return [[node.id.name, source]];
  if (node.id.type !== "ObjectPattern") return [];
  return node.id.properties.flatMap((property) => {
    const local = property.type === "ObjectProperty" ? property.value : property.argument;
    return local.type === "Identifier" ? [[local.name, source] as const] : [];
  });
}

/** The file or package behind `require("x")`, `await import("x")` and members of them. */
export function requiredBy(node: Node): string | undefined {
  if (node.type === "AwaitExpression") return requiredBy(node.argument);
  if (node.type === "MemberExpression") return requiredBy(node.object);
  if (node.type !== "CallExpression") return undefined;
  const [source] = node.arguments;
  const loads = node.callee.type === "Import" || nameOf(node.callee) === "require";
  return loads && source?.type === "StringLiteral" ? source.value : undefined;
}

/** What the names of a program stand for, and where they change. */
class Names {
  private readonly declared = new Map<string, readonly Node[]>();
  private readonly changed: Identifier[] = [];
  /** The functions that have a parameter of that name: inside them it means something else. */
  private readonly hiding = new Map<string, readonly Node[]>();

  note(node: Node): void {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier")
      add(this.declared, node.id.name, node.init ?? node);
    if (node.type === "FunctionDeclaration" && node.id) add(this.declared, node.id.name, node);
    if (node.type === "AssignmentExpression" && node.left.type === "Identifier") this.changed.push(node.left);
    if (node.type === "CallExpression") this.changed.push(...grownLists(node));
    if (!("params" in node)) return;
    for (const parameter of node.params) if (parameter.type === "Identifier") add(this.hiding, parameter.name, node);
  }

  constant(identifier: Identifier): Node | undefined {
    const { name } = identifier;
    const isHidden = (use: Identifier): boolean => (this.hiding.get(name) ?? []).some((scope) => contains(scope, use));
    const [only, ...others] = this.declared.get(name) ?? [];
    const changes = this.changed.some((use) => use.name === name && !isHidden(use));
    return others.length > 0 || changes || isHidden(identifier) ? undefined : only;
  }
}

function add(map: Map<string, readonly Node[]>, name: string, node: Node): void {
  map.set(name, [...(map.get(name) ?? []), node]);
}

function contains(outer: Node, inner: Node): boolean {
  return (outer.start ?? 0) <= (inner.start ?? 0) && (inner.end ?? 0) <= (outer.end ?? 0);
}

function nameOf(node: object): string {
  return "name" in node && typeof node.name === "string" ? node.name : "";
}

/** The list that `list.push(…)` and the like change. */
function grownLists({ callee }: CallExpression): readonly Identifier[] {
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return [];
  return ["push", "unshift", "splice"].includes(nameOf(callee.property)) ? [callee.object] : [];
}

function exportsOf({ program }: File, isTypeScript: boolean): readonly Node[] {
  const exported: Node[] = [];
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") exported.push(statement.declaration);
    if (statement.type === "TSExportAssignment") exported.push(statement.expression);
    if (statement.type === "ExportNamedDeclaration") {
      for (const specifier of statement.specifiers) {
        if (specifier.type === "ExportSpecifier" && exportedName(specifier.exported) === "default")
          exported.push(specifier.local);
      }
    }
    if (statement.type === "ExpressionStatement") exported.push(...commonJsExport(statement.expression, isTypeScript));
  }
  return exported;
}

function exportedName(node: Node): string {
  return node.type === "StringLiteral" ? node.value : nameOf(node);
}

/** `exports.default` is what it says in TypeScript alone: otherwise Next.js takes it for a key of the configuration. */
function commonJsExport(expression: Expression, isTypeScript: boolean): readonly Node[] {
  if (expression.type !== "AssignmentExpression") return [];
  const { left, right } = expression;
  const isDefault = isTypeScript && memberPath(left)?.join() === "default" && rootOf(left)?.name === "exports";
  return isModuleExports(left) || isDefault ? [right] : [];
}

/** Whether the node is `module.exports`. */
export function isModuleExports(node: Node): boolean {
  return rootOf(node)?.name === "module" && memberPath(node)?.join() === "exports";
}

/** The names behind the first of `a.b["c"]`: `b`, `c`. Undefined where the node is no such chain. */
export function memberPath(node: Node): readonly string[] | undefined {
  if (node.type === "Identifier") return [];
  if (node.type !== "MemberExpression") return undefined;
  const before = memberPath(node.object);
  const { property, computed } = node;
  const name = property.type === "StringLiteral" ? property.value : computed ? undefined : nameOf(property);
  return before === undefined || name === undefined ? undefined : [...before, name];
}

/** The first name of `a.b.c`. */
export function rootOf(node: Node): Identifier | undefined {
  if (node.type === "Identifier") return node;
  return node.type === "MemberExpression" ? rootOf(node.object) : undefined;
}

/** The line that a node begins on. */
export function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}

/** Visits a node and everything below it, except below a node for which the visitor answers `"skip"`. */
export function walk(node: Node, visit: (node: Node) => "skip" | undefined): void {
  if (visit(node) === "skip") return;
  for (const [name, value] of Object.entries<unknown>({ ...node })) {
    if (name.endsWith("Comments")) continue;
    const children: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) walk(child, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
