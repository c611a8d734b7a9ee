import { createRequire } from "node:module";
import type * as BabelParser from "@babel/parser";
import { type ExportNamedDeclaration, type File, type Node, type ObjectExpression, type Statement } from "@babel/types";

/** A value that is written as a literal, all the way down. */
export type LiteralValue = string | number | boolean | null | readonly LiteralValue[] | LiteralRecord;

/** An object that is written out. */
interface LiteralRecord {
  readonly [key: string]: LiteralValue;
}

/** Whether a literal is a list. */
export function isLiteralList(value: LiteralValue | undefined): value is readonly LiteralValue[] {
  return Array.isArray(value);
}

/** Whether a literal is an object. */
export function isLiteralRecord(value: LiteralValue | undefined): value is LiteralRecord {
  return typeof value === "object" && value !== null && !isLiteralList(value);
}

/** A program as its syntax tree shows it. What it comes to, only running it tells, unless it is one object of literals. */
export interface ConfigProgram {
  /** The object that it exports where nothing else can be in it; undefined where only running it tells. */
  readonly exported?: LiteralValue;
  /** The line that a text is written on as a literal; the first one below the key where the key has it. */
  lineOfText(text: string, key: string): number | undefined;
  /** The line of a key of a configuration, a dotted path; otherwise that of what is exported. */
  lineOfKey(key: string): number | undefined;
}

/** A program, or why and where it is not valid. */
export type ParsedProgram =
  | { readonly ok: true; readonly program: ConfigProgram }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** How a program says what it exports: a module of ECMAScript, CommonJS, or TypeScript, which may use both. */
export type ModuleSystem = "ecmascript" | "commonjs" | "typescript";

/** What is to be found in a program besides lines. */
interface ProgramForm {
  readonly isTypeScript: boolean;
  /** What a file without anything to run may look like. */
  readonly exports: (statement: Statement) => Node | undefined;
  /** What of an exported expression is the object; undefined where it is something else. @default the expression itself */
  readonly unwrap?: (expression: Node | undefined) => Node | undefined;
  /** Statements that do nothing, besides directives and imports of types. */
  readonly isIdle?: (statement: Statement) => boolean;
}

/** Parses a program. The parser is loaded on the first call: most stacks read no configuration. */
export function parseProgram(text: string, form: ProgramForm): ParsedProgram {
  try {
    const file = loadParser().parse(text, {
      sourceType: "unambiguous",
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      plugins: [form.isTypeScript ? "typescript" : "jsx", "importAttributes", "explicitResourceManagement"],
    });
    return { ok: true, program: describe(file, form) };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, line: 1, message: "Values are nested too deeply" };
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

function describe(file: File, form: ProgramForm): ConfigProgram {
  const texts = new Map<string, { readonly line: number; readonly keys: readonly string[] }[]>();
  const keys: { readonly path: readonly string[]; readonly line: number }[] = [];
  let exportLine: number | undefined;
  walk(file.program, [], (node, path) => {
    const text = textOf(node);
    if (text !== undefined) {
      const places = texts.get(text) ?? [];
      places.push({ line: lineOf(node), keys: path });
      texts.set(text, places);
    }
    const key = keyOf(node);
    if (key !== undefined) keys.push({ path: [...path, key], line: lineOf(node) });
    if (isExport(node)) exportLine = lineOf(node);
  });
  const exported = soleObject(file.program.body, form);
  return {
    ...(exported !== undefined && { exported }),
    lineOfText(text, key) {
      const last = key.split(".").at(-1) ?? key;
      const found = texts.get(text);
      return (found?.find((each) => each.keys.includes(last)) ?? found?.[0])?.line;
    },
    lineOfKey(key) {
      const path = key.split(".");
      const found = keys.filter((each) => each.path.at(-1) === path.at(-1));
      const nested = found.find((each) => path.every((name) => each.path.includes(name)));
      return (nested ?? found[0])?.line ?? exportLine;
    },
  };
}

/**
 * The one object of literals that a program exports, directly or through one `const`: the program holds nothing else but imports of
 * types and directives, so that nothing can change it before Next.js reads it.
 */
function soleObject(
  body: readonly Statement[],
  { exports: exportedBy, unwrap = (node) => node, isIdle }: ProgramForm,
): LiteralValue | undefined {
  const rest = body.filter((statement) => !isImportOfTypes(statement) && isIdle?.(statement) !== true);
  const [first, second] = rest;
  if (first === undefined || rest.length > 2) return undefined;
  if (second === undefined) return literalOf(unwrap(plain(exportedBy(first))));
  const exported = plain(exportedBy(second));
  if (exported?.type !== "Identifier" || first.type !== "VariableDeclaration" || first.kind !== "const")
    return undefined;
  const [declared, ...others] = first.declarations;
  if (declared?.id.type !== "Identifier" || others.length > 0 || declared.id.name !== exported.name) return undefined;
  return literalOf(unwrap(plain(declared.init ?? undefined)));
}

function isImportOfTypes(statement: Statement): boolean {
  if (statement.type !== "ImportDeclaration") return false;
  if (statement.importKind === "type") return true;
  const { specifiers } = statement;
  return (
    specifiers.length > 0 && specifiers.every((each) => each.type === "ImportSpecifier" && each.importKind === "type")
  );
}

/** The value of an expression that is written out: an object, for nothing else is a configuration. */
function literalOf(node: Node | undefined): LiteralValue | undefined {
  const object = plain(node);
  return object?.type === "ObjectExpression" ? objectOf(object) : undefined;
}

function objectOf({ properties }: ObjectExpression): LiteralValue | undefined {
  const entries: [string, LiteralValue][] = [];
  for (const property of properties) {
    if (property.type !== "ObjectProperty" || property.shorthand) return undefined;
    const key = keyOf(property);
    const value = valueOf(property.value);
    // `__proto__` would be no key but what the object inherits from.
    if (key === undefined || key === "__proto__" || value === undefined) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function valueOf(given: Node): LiteralValue | undefined {
  const node = plain(given);
  if (node?.type === "NumericLiteral" || node?.type === "BooleanLiteral") return node.value;
  if (node?.type === "NullLiteral") return null;
  if (node?.type === "ObjectExpression") return objectOf(node);
  if (node?.type !== "ArrayExpression") return node && textOf(node);
  const values = node.elements.map((element) => (element === null ? undefined : valueOf(element)));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** What a program exports as a whole: nothing where the module system has another way. */
export function wholeExport(statement: Statement, system: ModuleSystem): Node | undefined {
  if (system !== "commonjs") {
    if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
    if (statement.type === "TSExportAssignment") return statement.expression;
    if (statement.type === "ExportNamedDeclaration") return defaultSpecifier(statement);
  }
  if (system === "ecmascript" || statement.type !== "ExpressionStatement") return undefined;
  const { expression } = statement;
  if (expression.type !== "AssignmentExpression" || expression.operator !== "=") return undefined;
  const target = memberPath(expression.left);
  const isWhole = target === "module.exports" || (system === "typescript" && target === "exports.default");
  return isWhole ? expression.right : undefined;
}

/** `export { config as default };` and nothing beside it. */
function defaultSpecifier({ specifiers, source, declaration }: ExportNamedDeclaration): Node | undefined {
  const [only, ...others] = specifiers;
  if (only?.type !== "ExportSpecifier" || others.length > 0 || source || declaration) return undefined;
  const name = only.exported.type === "StringLiteral" ? only.exported.value : only.exported.name;
  return name === "default" ? only.local : undefined;
}

function isExport(node: Node): boolean {
  if (node.type === "ExportDefaultDeclaration" || node.type === "TSExportAssignment") return true;
  return node.type === "AssignmentExpression" && /^(?:module\.)?exports\b/.test(memberPath(node.left) ?? "");
}

function memberPath(node: Node): string | undefined {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression") return undefined;
  const object = memberPath(node.object);
  const key = node.property.type === "StringLiteral" ? node.property.value : identifier(node.property, node.computed);
  return object === undefined || key === undefined ? undefined : `${object}.${key}`;
}

/** The name that a property, or an assignment to a member, gives a value. */
function keyOf(node: Node): string | undefined {
  if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression")
    return memberPath(node.left)?.split(".").at(-1);
  if (
    node.type !== "ObjectProperty" &&
    node.type !== "ObjectMethod" &&
    node.type !== "ClassProperty" &&
    node.type !== "ClassMethod"
  )
    return undefined;
  if (node.key.type === "StringLiteral") return node.key.value;
  return node.key.type === "NumericLiteral" ? String(node.key.value) : identifier(node.key, node.computed);
}

function identifier(node: Node, computed: boolean): string | undefined {
  return node.type === "Identifier" && !computed ? node.name : undefined;
}

function textOf(node: Node): string | undefined {
  if (node.type === "StringLiteral") return node.value;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** The expression behind annotations of its type. */
function plain(node: Node | undefined): Node | undefined {
  const isAnnotated =
    node?.type === "TSAsExpression" ||
    node?.type === "TSSatisfiesExpression" ||
    node?.type === "TSNonNullExpression" ||
    node?.type === "TSTypeAssertion";
  return isAnnotated ? plain(node.expression) : node;
}

function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}

/** Visits everything below a node, with the keys of the objects that it is in. */
function walk(node: Node, path: readonly string[], visit: (node: Node, path: readonly string[]) => void): void {
  visit(node, path);
  const key = keyOf(node);
  const below = key === undefined ? path : [...path, key];
  for (const [name, value] of Object.entries<unknown>({ ...node })) {
    if (name.endsWith("Comments") || name === "key") continue;
    const children: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) walk(child, below, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
