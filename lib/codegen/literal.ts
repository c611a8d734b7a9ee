import { printableJson } from "../base/printable";

/** A value that a program can write down. */
export type Literal = null | boolean | number | string | readonly Literal[] | LiteralObject;

/** An object of such values. */
export interface LiteralObject {
  readonly [name: string]: Literal;
}

/** How a literal is laid out. */
interface Layout {
  /** How many spaces the lines inside are moved to the right of. @default 0 */
  readonly indent?: number;
  /** How many characters stand on the first line before it, the indent included. @default the indent */
  readonly column?: number;
  /** How many characters follow on the last line. @default 1, a comma */
  readonly after?: number;
  /** Whether an object has a line for each property, however short it is. @default false */
  readonly expanded?: boolean;
  /** Lines of comment above a property, by the way to it: `overrides.configuration`. @default none */
  readonly comments?: Readonly<Record<string, readonly string[]>>;
}

/** The longest line. */
const width = 120;

/** A value as TypeScript, laid out as Prettier would with lines of 120 characters. */
export function printLiteral(value: Literal, layout: Layout = {}): string {
  return print(
    value,
    { indent: 0, column: layout.indent ?? 0, after: 1, expanded: false, comments: {}, ...layout },
    "",
  );
}

type Place = Required<Layout>;

function print(value: Literal, place: Place, way: string): string {
  if (isList(value)) return printList(value, place, way);
  if (typeof value === "object" && value !== null) return printObject(value, place, way);
  return typeof value === "string" ? quoteLiteral(value) : String(value);
}

function printObject(value: LiteralObject, place: Place, way: string): string {
  const names = Object.keys(value);
  if (names.length === 0) return "{}";
  const flat = flatten(value, place.comments, way);
  if (!place.expanded && flat !== undefined && fits(flat, place)) return flat;
  const indent = place.indent + 2;
  const lines = Object.entries(value).flatMap(([name, inner]) => {
    const key = `${" ".repeat(indent)}${keyOf(name)}:`;
    const path = wayTo(way, name);
    const comments = commentsAt(place.comments, path).map((line) => `${" ".repeat(indent)}// ${line}`);
    const text = print(inner, { ...place, indent, column: key.length + 1, after: 1, expanded: false }, path);
    const isTooLong = typeof inner === "string" && key.length + text.length + 2 > width && keyOf(name).length > 2;
    return [...comments, isTooLong ? `${key}\n${" ".repeat(indent + 2)}${text},` : `${key} ${text},`];
  });
  return `{\n${lines.join("\n")}\n${" ".repeat(place.indent)}}`;
}

function printList(value: readonly Literal[], place: Place, way: string): string {
  if (value.length === 0) return "[]";
  const flat = flatten(value, place.comments, way);
  if (flat !== undefined && fits(flat, place)) return flat;
  const indent = place.indent + 2;
  const lines = value.map((item) => {
    const text = print(item, { ...place, indent, column: indent, after: 1, expanded: false }, way);
    return `${" ".repeat(indent)}${text},`;
  });
  return `[\n${lines.join("\n")}\n${" ".repeat(place.indent)}]`;
}

/** On one line; undefined where that cannot be: for a comment, or for several objects or lists that are long. */
function flatten(value: Literal, comments: Place["comments"], way: string): string | undefined {
  if (isList(value)) {
    const items = value.map((item) => flatten(item, comments, way));
    return isTable(value) || items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? quoteLiteral(value) : String(value);
  const parts = Object.entries(value).map(([name, inner]) => {
    const path = wayTo(way, name);
    const text = Object.hasOwn(comments, path) ? undefined : flatten(inner, comments, path);
    return text === undefined ? undefined : `${keyOf(name)}: ${text}`;
  });
  if (parts.includes(undefined)) return undefined;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** Several objects, or several lists, of more than one member each: Prettier gives each a line. */
function isTable(list: readonly Literal[]): boolean {
  if (list.length < 2) return false;
  const sizeOf = (item: Literal): number => (typeof item === "object" && item !== null ? Object.keys(item).length : 0);
  const isListed = isList(list[0] ?? null);
  return list.every((item) => sizeOf(item) > 1 && isList(item) === isListed);
}

function fits(text: string, { column, after }: Place): boolean {
  return column + text.length + after <= width;
}

/** A text in the quotes that need the fewest escapes; double ones where both are as good. */
export function quoteLiteral(text: string): string {
  const json = printableJson(text);
  const count = (mark: string): number => text.split(mark).length - 1;
  if (count('"') <= count("'")) return json;
  return `'${json
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

/** The way may be the name of an environment alone, such as `constructor`, which every object has. */
function commentsAt(comments: Place["comments"], path: string): readonly string[] {
  return Object.hasOwn(comments, path) ? (comments[path] ?? []) : [];
}

/** `__proto__` alone would not be a property but the object's prototype. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[a-z_$][\w$]*$/i.test(name) ? name : quoteLiteral(name);
}

function wayTo(way: string, name: string): string {
  return way === "" ? name : `${way}.${name}`;
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}
