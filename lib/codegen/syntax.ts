import { createRequire } from "node:module";
import type * as BabelParser from "@babel/parser";
import { type ArrayExpression, type Expression, type File, type Node, type ObjectExpression } from "@babel/types";

/** A program and its tree. */
export interface Parsed {
  readonly text: string;
  readonly file: File;
}

/** Parses a program; undefined if it is invalid. The parser is loaded on the first call. */
export function parse(text: string): Parsed | undefined {
  const loaded: unknown = createRequire(__filename)("@babel/parser");
  if (!isParser(loaded)) throw new Error("@babel/parser has no function parse: install version 7");
  try {
    return { text, file: loaded.parse(text, { sourceType: "unambiguous", plugins: ["typescript"] }) };
  } catch {
    return undefined;
  }
}

function isParser(loaded: unknown): loaded is typeof BabelParser {
  return typeof loaded === "object" && loaded !== null && "parse" in loaded;
}

/** What `export const <name>` is, without the types around it, and the type that it is declared as. */
export function exportedConstant(
  { file }: Parsed,
  name: string,
): { readonly value: Expression; readonly type: Node | undefined } | undefined {
  for (const statement of file.program.body) {
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declaration.declarations) {
      if (id.type === "Identifier" && id.name === name && init)
        return { value: untyped(init), type: id.typeAnnotation ?? undefined };
    }
  }
  return undefined;
}

export function untyped(expression: Expression): Expression {
  return expression.type === "TSAsExpression" || expression.type === "TSSatisfiesExpression"
    ? untyped(expression.expression)
    : expression;
}

/** What a name is imported from; undefined where it is not imported under that name. */
export function importedFrom({ file }: Parsed, name: string): string | undefined {
  for (const statement of file.program.body) {
    if (statement.type !== "ImportDeclaration" || statement.importKind === "type") continue;
    const isThere = statement.specifiers.some(
      (specifier) =>
        specifier.type === "ImportSpecifier" &&
        specifier.local.name === name &&
        specifier.imported.type === "Identifier" &&
        specifier.imported.name === name,
    );
    if (isThere) return statement.source.value;
  }
  return undefined;
}

/** Every node of the tree. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node) as unknown[]) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(item)) yield* nodesIn(item);
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    "start" in value &&
    "loc" in value &&
    !isComment(value)
  );
}

function isComment({ type }: { readonly type: unknown }): boolean {
  return type === "CommentLine" || type === "CommentBlock";
}

/** The text of a node. */
export function textOf({ text }: Parsed, { start, end }: Node): string {
  return text.slice(start ?? 0, end ?? 0);
}

/**
 * The program with one more member at the end of a list or an object; all else stays as it is, byte for byte.
 *
 * @param member the member's text, given how many spaces its lines are moved to the right of
 */
export function withMember(
  { text }: Parsed,
  { start, end, extra, ...node }: ArrayExpression | ObjectExpression,
  member: (indent: number) => string,
): string {
  const members = node.type === "ArrayExpression" ? node.elements : node.properties;
  const close = (end ?? 1) - 1;
  const outer = indentAt(text, start ?? 0);
  const first = members[0];
  const isOnOwnLine = first !== undefined && first !== null && indentAt(text, first.start ?? 0) > outer;
  const indent = isOnOwnLine ? indentAt(text, first.start ?? 0) : outer + 2;
  const last = members.at(-1);
  const needsComma = last !== undefined && last !== null && extra?.["trailingComma"] === undefined;
  const before = needsComma
    ? `${text.slice(0, last.end ?? 0)},${text.slice(last.end ?? 0, close)}`
    : text.slice(0, close);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const added = `${" ".repeat(indent)}${member(indent)},`.split("\n").join(eol);
  return `${before.trimEnd()}${eol}${added}${eol}${" ".repeat(outer)}${text.slice(close)}`;
}

export function indentAt(text: string, offset: number): number {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1);
  return line.length - line.trimStart().length;
}

/** A program with a change in it, or why it cannot be changed without a person. */
export type Edit = { readonly text: string } | { readonly impossible: string };

export function isNamed(property: ObjectExpression["properties"][number], name: string): boolean {
  if (property.type === "SpreadElement") return false;
  const { key } = property;
  return (key.type === "Identifier" && key.name === name) || (key.type === "StringLiteral" && key.value === name);
}

/** What cannot be read any more was not written where it should have been. */
export function checked(text: string): Edit {
  return parse(text) === undefined ? { impossible: "the result would not be valid TypeScript" } : { text };
}
