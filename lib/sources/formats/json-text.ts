import type * as BabelParser from "@babel/parser";
import { type Node, type ObjectExpression } from "@babel/types";
import { type LinedValue, lineIndex, type ParsedText } from "./lined-value";
import { hasFunctions, loadPackage } from "./text-file";

/** `JSONC` is JSON with comments, and with commas after the last value. */
type JsonDialect = "JSON" | "JSONC";

/** Parses JSON. JavaScript's own parser tells no lines, so this is one for JavaScript expressions, held to JSON's grammar. */
export function parseJson(text: string, dialect: JsonDialect): ParsedText {
  const lineAt = lineIndex(text);
  const { code, comment } = withoutComments(text);
  try {
    const parsed = loadPackage("@babel/parser", isParser).parseExpression(code, {
      sourceType: "module", // no HTML comments
      createParenthesizedExpressions: true,
      errorRecovery: true, // two keys `__proto__` are none in JSON
    });
    const [problem] = (parsed.errors ?? []).filter(({ reasonCode }) => reasonCode !== "DuplicateProto");
    if (problem !== undefined) throw problem;
    if (dialect === "JSON") checkStrictly(code, comment);
    return { ok: true, value: new JsonReader(dialect, lineAt).read(parsed) };
  } catch (error) {
    if (error instanceof NoJson) return { ok: false, line: lineAt(error.position), message: error.message };
    return { ok: false, line: lineAt(positionOf(error)), message: reasonOf(error) };
  }
}

/**
 * The same with spaces in the place of comments, and where the first one begins. The parser takes the square of their number to
 * find the values that they belong to, and no value here has any.
 */
function withoutComments(text: string): { readonly code: string; readonly comment?: number } {
  const stringOrComment = /"(?:[^"\\\n\r]|\\.)*"?|\/\/[^\n\r\u2028\u2029]*|\/\*/g;
  const pieces: string[] = [];
  let comment: number | undefined;
  let copied = 0;
  for (let match = stringOrComment.exec(text); match !== null; match = stringOrComment.exec(text)) {
    if (match[0].startsWith('"')) continue;
    const { index } = match;
    const end = match[0] === "/*" ? text.indexOf("*/", index + 2) + 2 : index + match[0].length;
    if (end === 1) break; // it never ends, as the parser will say
    comment ??= index;
    pieces.push(text.slice(copied, index), text.slice(index, end).replace(/[^\n\r\u2028\u2029]/g, " "));
    copied = end;
    stringOrComment.lastIndex = end;
  }
  pieces.push(text.slice(copied));
  return { code: pieces.join(""), ...(comment !== undefined && { comment }) };
}

/** Comments, and white space of kinds that only JavaScript knows. By now every string is known to end. */
function checkStrictly(text: string, comment: number | undefined): void {
  if (comment !== undefined) refuse(comment, "comments are not allowed in JSON");
  const foreign = /[^\S \t\r\n]/.exec(text.replace(/"(?:[^"\\]|\\.)*"/gs, (string) => "x".repeat(string.length)));
  if (foreign !== null) refuse(foreign.index, "white space that is not allowed in JSON");
}

class NoJson extends Error {
  constructor(
    readonly position: number,
    reason: string,
  ) {
    super(reason);
  }
}

function refuse(position: number, reason: string): never {
  throw new NoJson(position, reason);
}

class JsonReader {
  constructor(
    private readonly dialect: JsonDialect,
    private readonly lineAt: (position: number) => number,
  ) {}

  read(node: Node, position = node.start ?? 0): LinedValue {
    const line = this.lineAt(position);
    if (node.type === "ObjectExpression") return { kind: "table", entries: this.entries(node), line };
    if (node.type === "ArrayExpression") {
      this.checkLastComma(node);
      const items = node.elements.map((item) => item ?? refuse(position, "a value is missing"));
      return { kind: "list", items: items.map((item) => this.read(item)), line };
    }
    if (node.type === "StringLiteral") return { kind: "text", text: textOf(node), line };
    if (node.type === "NullLiteral") return { kind: "null", text: "null", line };
    if (node.type === "BooleanLiteral") return { kind: "literal", text: String(node.value), line };
    const number = numberOf(node);
    if (number === undefined) return refuse(node.start ?? 0, "invalid value");
    return { kind: "literal", text: String(number), line };
  }

  private entries(object: ObjectExpression): ReadonlyMap<string, LinedValue> {
    this.checkLastComma(object);
    const entries = new Map<string, LinedValue>();
    for (const property of object.properties) {
      const position = property.start ?? 0;
      if (property.type !== "ObjectProperty" || property.computed || property.key.type !== "StringLiteral")
        return refuse(position, "a key is not in double quotes");
      entries.set(textOf(property.key), this.read(property.value, position));
    }
    return entries;
  }

  private checkLastComma({ extra, end }: Node): void {
    if (this.dialect === "JSON" && extra?.["trailingComma"] !== undefined) refuse((end ?? 1) - 1, "trailing comma");
  }
}

/** A string as JSON has it: JavaScript knows more escapes, and other quotes. */
function textOf({ extra, start, value }: Node & { readonly value: string }): string {
  const raw = extra?.["raw"];
  try {
    if (typeof raw === "string" && JSON.parse(raw) === value) return value;
  } catch {
    // No string of JSON.
  }
  return refuse(start ?? 0, "a string is not in double quotes, or has an invalid escape");
}

function numberOf(node: Node): number | undefined {
  const isNegative = node.type === "UnaryExpression" && node.operator === "-";
  const literal = isNegative ? node.argument : node;
  if (literal.type !== "NumericLiteral") return undefined;
  const raw = literal.extra?.["raw"];
  if (typeof raw !== "string" || !/^(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(raw)) return undefined;
  return isNegative ? -literal.value : literal.value;
}

/** Asked of the error's form: under a test runner errors may be of another realm. */
function positionOf(error: unknown): number {
  const position: unknown = typeof error === "object" && error !== null && "pos" in error ? error.pos : undefined;
  return typeof position === "number" ? position : 0;
}

/** Only what quotes nothing of the text. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return "values are nested too deeply";
  const message: unknown = typeof error === "object" && error !== null && "message" in error ? error.message : "";
  return /^Unterminated [a-z ]+/.exec(String(message))?.[0] ?? "unexpected token";
}

function isParser(loaded: unknown): loaded is typeof BabelParser {
  return hasFunctions(loaded, "parseExpression");
}
