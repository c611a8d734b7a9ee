import {
  type ArrowFunctionExpression,
  type BlockStatement,
  type CallExpression,
  type FunctionDeclaration,
  type FunctionExpression,
  type Identifier,
  type Node,
  type ObjectExpression,
} from "@babel/types";
import { isModuleExports, memberPath, rootOf, walk } from "./config-nodes";
import { type ConfigProgram } from "./config-program";
import { leavesHostsAlone } from "./config-wrappers";

/** What an expression is known to be without executing anything. */
export type Shape =
  | { readonly kind: "object"; readonly node: ObjectExpression }
  /** One of several, by a condition. */
  | { readonly kind: "either"; readonly node: Node; readonly shapes: readonly Shape[] }
  | { readonly kind: "unknown"; readonly node: Node };

/** What looking up a key comes to: the expressions that may be its value. */
export type Lookup =
  | { readonly kind: "value"; readonly node: Node }
  /** There, but its value depends on a condition. */
  | { readonly kind: "conditional"; readonly node: Node }
  /** Perhaps there, in something that is not known. */
  | { readonly kind: "perhaps"; readonly node: Node };

/** Beyond this many steps an expression counts as unknown: it refers to itself. */
const mostSteps = 40;

/** Understands the expressions of one program. */
export class ShapeReader {
  /** The functions that wrap a configuration or change it in place, and may put hosts into it, as far as is known. */
  readonly wrappers = new Set<string>();

  constructor(private readonly program: ConfigProgram) {}

  /** The expression behind type annotations, `await` and names. */
  resolve(node: Node, steps = 0): Node {
    const behind = steps > mostSteps ? undefined : this.behind(node, steps + 1);
    return behind === undefined ? node : this.resolve(behind, steps + 1);
  }

  /** The object that an expression is, also behind functions that return it and calls that wrap it. */
  shapeOf(node: Node, steps = 0): Shape {
    const resolved = this.resolve(node, steps);
    const next = steps + 1;
    if (next > mostSteps) return { kind: "unknown", node };
    if (resolved.type === "ObjectExpression") return { kind: "object", node: resolved };
    if (isFunction(resolved)) {
      const { body } = resolved;
      return body.type === "BlockStatement" ? this.returned(body, next) : this.shapeOf(body, next);
    }
    if (resolved.type === "ConditionalExpression") {
      return this.either(resolved, [resolved.consequent, resolved.alternate], next);
    }
    if (resolved.type === "LogicalExpression") {
      const { operator, left, right } = resolved;
      return this.either(resolved, operator === "&&" ? [right] : [left, right], next);
    }
    if (resolved.type === "CallExpression") return this.wrapped(resolved, next);
    return isModuleExports(resolved) ? this.exportBefore(resolved, next) : { kind: "unknown", node: resolved };
  }

  /** The values that a chain of keys may have, the last one first. Empty where there is none. */
  lookup(shape: Shape, path: readonly string[], steps = 0): readonly Lookup[] {
    if (steps > mostSteps || shape.kind === "unknown") return [{ kind: "perhaps", node: shape.node }];
    if (shape.kind === "either") {
      const found = shape.shapes.flatMap((each) => this.lookup(each, path, steps + 1));
      return found.map(({ kind, node }) => ({ kind: kind === "perhaps" ? kind : "conditional", node }));
    }
    const perhaps: Lookup[] = [];
    for (const property of shape.node.properties.toReversed()) {
      if (property.type === "SpreadElement") {
        const found = this.lookup(this.shapeOf(property.argument, steps + 1), path, steps + 1);
        if (found.some(({ kind }) => kind === "value")) return [...perhaps, ...found];
        perhaps.push(...found);
        continue;
      }
      const name = this.keyOf(property.key, property.computed);
      if (name === undefined) perhaps.push({ kind: "perhaps", node: property.key });
      if (name !== path[0]) continue;
      const value = property.type === "ObjectMethod" ? property : property.value;
      if (path.length === 1) return [...perhaps, { kind: "value", node: value }];
      return [...perhaps, ...this.lookup(this.shapeOf(value, steps + 1), path.slice(1), steps + 1)];
    }
    return perhaps;
  }

  /** The text that an expression is: a literal, or literals put together. */
  textOf(node: Node, steps = 0): string | undefined {
    const resolved = this.resolve(node, steps);
    if (steps > mostSteps) return undefined;
    if (resolved.type === "StringLiteral") return resolved.value;
    if (resolved.type === "BinaryExpression" && resolved.operator === "+") {
      return join([resolved.left, resolved.right].map((part) => this.textOf(part, steps + 1)));
    }
    if (resolved.type !== "TemplateLiteral") return undefined;
    const texts = resolved.quasis.map(({ value }) => value.cooked ?? undefined);
    const filled = resolved.expressions.map((part) => this.textOf(part, steps + 1));
    return join(texts.flatMap((text, index) => (index < filled.length ? [text, filled[index]] : [text])));
  }

  private behind(node: Node, steps: number): Node | undefined {
    if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") return node.expression;
    if (node.type === "TSNonNullExpression" || node.type === "TSTypeAssertion") return node.expression;
    if (node.type === "AwaitExpression") return node.argument;
    if (node.type === "AssignmentExpression") return node.right;
    if (node.type === "Identifier") return this.constant(node);
    const path = memberPath(node);
    const root = rootOf(node);
    const object = root === undefined ? undefined : this.constant(root);
    if (path === undefined || object === undefined) return undefined;
    const [found, ...others] = this.lookup(this.shapeOf(object, steps), path, steps);
    return found?.kind === "value" && others.length === 0 ? found.node : undefined;
  }

  private constant(name: Identifier): Node | undefined {
    const changing = this.program.changedBy(name.name);
    if (changing !== undefined) this.wrappers.add(changing);
    return this.program.constant(name);
  }

  private keyOf(key: Node, computed: boolean): string | undefined {
    return key.type === "Identifier" && !computed ? key.name : this.textOf(key);
  }

  private either(node: Node, nodes: readonly Node[], steps: number): Shape {
    return { kind: "either", node, shapes: nodes.map((each) => this.shapeOf(each, steps)) };
  }

  private returned(body: BlockStatement, steps: number): Shape {
    const returned: Node[] = [];
    walk(body, (node) => {
      if (node.type === "ReturnStatement" && node.argument) returned.push(node.argument);
      return /Function|Method/.test(node.type) ? "skip" : undefined;
    });
    const [only, ...others] = returned;
    if (only === undefined) return { kind: "unknown", node: body };
    return others.length === 0 ? this.shapeOf(only, steps) : this.either(body, returned, steps);
  }

  /** `withPlugin(config, …)`: the first argument that may be a configuration is the one that comes out again. */
  private wrapped(call: CallExpression, steps: number): Shape {
    const callee = this.resolve(call.callee, steps);
    const given = call.arguments.map((argument) => this.resolve(argument, steps));
    if (isFunction(callee)) return given.length === 0 ? this.shapeOf(callee, steps) : { kind: "unknown", node: call };
    const merges = ["assign", "merge"].includes(memberPath(callee)?.at(-1) ?? "");
    const config = given.find((argument) => !isNoConfig(argument)) ?? given.find(isFunction);
    if (config === undefined || merges) return { kind: "unknown", node: call };
    if (!leavesHostsAlone(call.callee, this.program)) this.wrappers.add(rootOf(call.callee)?.name ?? "a call");
    return this.shapeOf(config, steps);
  }

  /** `module.exports` on the right of an assignment is what an earlier one put there. */
  private exportBefore(node: Node, steps: number): Shape {
    const before = this.program.exported.findLast(({ end }) => (end ?? 0) < (node.start ?? 0));
    return before === undefined ? { kind: "unknown", node } : this.shapeOf(before, steps);
  }
}

function isFunction(node: Node): node is ArrowFunctionExpression | FunctionDeclaration | FunctionExpression {
  return ["ArrowFunctionExpression", "FunctionDeclaration", "FunctionExpression"].includes(node.type);
}

/** Settings of a plugin and lists of plugins, which are no configuration. */
function isNoConfig(node: Node): boolean {
  return isFunction(node) || node.type === "ArrayExpression" || node.type.endsWith("Literal");
}

function join(parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}
