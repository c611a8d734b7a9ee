import type * as Toml from "toml-eslint-parser";
import { type AST } from "toml-eslint-parser";
import { type LinedScalar, type ParsedText } from "./lined-value";
import { hasFunctions, loadPackage } from "./text-file";

/** Parses TOML. */
export function parseToml(text: string): ParsedText {
  try {
    const { parseTOML } = loadPackage("toml-eslint-parser", isToml);
    // Without the byte order mark, which is not part of TOML.
    const [{ body }] = parseTOML(text.replace(/^\uFEFF/, ""), { tomlVersion: "1.1" }).body;
    const root = emptyTable(1);
    for (const node of body) {
      if (node.type === "TOMLKeyValue") {
        define(root, node);
        continue;
      }
      const table = openTable(root, node);
      for (const definition of node.body) define(table, definition);
    }
    return { ok: true, value: root };
  } catch (error) {
    return { ok: false, line: lineOf(error), message: reasonOf(error) };
  }
}

/** A value to which the lines below may add. */
type Growing = LinedScalar | GrowingList | GrowingTable;
interface GrowingTable {
  readonly kind: "table";
  readonly entries: Map<string, Growing>;
  readonly line: number;
}
interface GrowingList {
  readonly kind: "list";
  readonly items: Growing[];
  readonly line: number;
}

function emptyTable(line: number): GrowingTable {
  return { kind: "table", entries: new Map(), line };
}

/** The table that a header opens; one in double brackets adds a table to a list. */
function openTable(root: GrowingTable, { key, kind }: AST.TOMLTable): GrowingTable {
  const [name, parent] = within(root, key);
  const line = key.loc.start.line;
  if (kind === "standard") return child(parent, name, line);
  const there = parent.entries.get(name);
  const list: GrowingList = there?.kind === "list" ? there : { kind: "list", items: [], line };
  const table = emptyTable(line);
  list.items.push(table);
  parent.entries.set(name, list);
  return table;
}

function define(table: GrowingTable, { key, value }: AST.TOMLKeyValue): void {
  const [name, parent] = within(table, key);
  parent.entries.set(name, growing(value, key.loc.start.line));
}

/** The last name of a dotted key, and the table that it is in. */
function within(table: GrowingTable, { keys, loc }: AST.TOMLKey): readonly [string, GrowingTable] {
  const names = keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value));
  const last = names.at(-1) ?? "";
  return [last, names.slice(0, -1).reduce((parent, name) => child(parent, name, loc.start.line), table)];
}

/** The table of that name, the last one of a list of tables; a new one if it is missing. */
function child(parent: GrowingTable, name: string, line: number): GrowingTable {
  const there = parent.entries.get(name);
  const last = there?.kind === "list" ? there.items.at(-1) : there;
  if (last?.kind === "table") return last;
  const table = emptyTable(line);
  parent.entries.set(name, table);
  return table;
}

function growing(node: AST.TOMLContentNode, line: number): Growing {
  if (node.type === "TOMLArray") {
    return { kind: "list", items: node.elements.map((item) => growing(item, item.loc.start.line)), line };
  }
  if (node.type === "TOMLInlineTable") {
    const table = emptyTable(line);
    for (const definition of node.body) define(table, definition);
    return table;
  }
  if (node.kind === "string") return { kind: "text", text: node.value, line };
  if (node.kind === "boolean") return { kind: "literal", text: String(node.value), line };
  return { kind: "literal", text: "number" in node ? String(node.value) : node.datetime, line };
}

/**
 * Asked of the error's form: under a test runner errors may be of another realm. What is missing at the end of a line is
 * noticed at the beginning of the next one.
 */
function lineOf(error: unknown): number {
  if (typeof error !== "object" || error === null || !("lineNumber" in error && "column" in error)) return 1;
  const line = Number(error.lineNumber);
  return error.column === 0 && reasonOf(error).startsWith("unspecified") ? line - 1 : line;
}

/** The parser's messages are sentences that quote nothing of the text. */
function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("lineNumber" in error)) return "values are nested too deeply";
  return "message" in error ? String(error.message).toLowerCase() : "unexpected token";
}

function isToml(loaded: unknown): loaded is typeof Toml {
  return hasFunctions(loaded, "parseTOML");
}
