import { type CallExpression, type Identifier, type Node } from "@babel/types";
import { nameOf } from "./config-nodes";

/** What the names of a program stand for, and where they change. */
export class Names {
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

/** The list that `list.push(…)` and the like change. */
function grownLists({ callee }: CallExpression): readonly Identifier[] {
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return [];
  return ["push", "unshift", "splice"].includes(nameOf(callee.property)) ? [callee.object] : [];
}
