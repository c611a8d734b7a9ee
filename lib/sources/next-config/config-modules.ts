import { type Expression, type File, type Node } from "@babel/types";
import { isModuleExports, memberPath, nameOf, rootOf } from "./config-nodes";

/** The names that a statement imports or requires, each with where from. */
export function importsIn(node: Node): readonly (readonly [string, string])[] {
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

/** What a program exports as a whole, each time it does. */
export function exportsOf({ program }: File, isTypeScript: boolean): readonly Node[] {
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
