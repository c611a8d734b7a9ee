import { type Identifier, type Node } from "@babel/types";

/** The name of an identifier, or of what looks like one; empty where it has none. */
export function nameOf(node: object): string {
  return "name" in node && typeof node.name === "string" ? node.name : "";
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
