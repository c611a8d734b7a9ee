import type * as JsoncParser from "jsonc-parser";
import { type LinedValue, lineIndex, type ParsedText } from "./lined-value";
import { hasFunctions, loadPackage } from "./text-file";

/** `JSONC` is JSON with comments, and with commas after the last value. */
type JsonDialect = "JSON" | "JSONC";

/** Parses JSON; JavaScript's own parser does not tell lines. */
export function parseJson(text: string, dialect: JsonDialect): ParsedText {
  const lineAt = lineIndex(text);
  const errors: JsoncParser.ParseError[] = [];
  try {
    const { parseTree, printParseErrorCode } = loadPackage("jsonc-parser", isParser);
    const isStrict = dialect === "JSON";
    const root = parseTree(text, errors, { disallowComments: isStrict, allowTrailingComma: !isStrict });
    const [problem] = errors;
    if (problem === undefined && root !== undefined) return { ok: true, value: new JsonReader(lineAt).read(root) };
    if (problem === undefined) return { ok: false, line: lineAt(text.length), message: "a value is missing" };
    const { offset, error } = problem;
    return { ok: false, line: lineAt(offset), message: messageOf(printParseErrorCode(error), text[offset]) };
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    return { ok: false, line: 1, message: "values are nested too deeply" };
  }
}

class JsonReader {
  constructor(private readonly lineAt: (position: number) => number) {}

  /** A value under a key has the key's line. */
  read({ type, offset, value, children = [] }: JsoncParser.Node, line = this.lineAt(offset)): LinedValue {
    if (type === "object") {
      return { kind: "table", entries: new Map(children.flatMap((property) => this.entry(property))), line };
    }
    if (type === "array") return { kind: "list", items: children.map((item) => this.read(item)), line };
    if (type === "string") return { kind: "text", text: String(value), line };
    return { kind: type === "null" ? "null" : "literal", text: String(value), line };
  }

  private entry({ offset, children: [key, value] = [] }: JsoncParser.Node): readonly [string, LinedValue][] {
    if (key === undefined || value === undefined) return [];
    return [[String(key.value), this.read(value, this.lineAt(offset))]];
  }
}

/** What the parser says, in words that quote nothing of the text. */
function messageOf(code: string, character: string | undefined): string {
  if (code === "PropertyNameExpected" && character === "}") return "trailing comma";
  if (code === "ValueExpected" && character === "]") return "trailing comma";
  if (character === "'") return "a string or key is not in double quotes";
  if (character === "\uFEFF") return "a byte order mark is not allowed";
  return messages[code] ?? "unexpected token";
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: "invalid value",
  InvalidNumberFormat: "invalid number",
  PropertyNameExpected: "expected a key in double quotes",
  ValueExpected: "a value is missing",
  ColonExpected: 'expected ":"',
  CommaExpected: 'expected ","',
  CloseBraceExpected: 'expected "}"',
  CloseBracketExpected: 'expected "]"',
  EndOfFileExpected: "unexpected text after the value",
  InvalidCommentToken: "comments are not allowed in JSON",
  UnexpectedEndOfComment: "unterminated comment",
  UnexpectedEndOfString: "unterminated string",
  UnexpectedEndOfNumber: "invalid number",
  InvalidUnicode: "invalid escape sequence",
  InvalidEscapeCharacter: "invalid escape sequence",
  InvalidCharacter: "invalid character in a string",
};

/** Asked of the error's form: under a test runner errors may be of another realm. */
function isStackOverflow(error: unknown): boolean {
  return typeof error === "object" && error !== null && "name" in error && error.name === "RangeError";
}

function isParser(loaded: unknown): loaded is typeof JsoncParser {
  return hasFunctions(loaded, "parseTree", "printParseErrorCode");
}
