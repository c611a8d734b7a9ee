import Table from "cli-table3";
import stringWidth from "string-width";
import { knownSecrets } from "../../base/secrets";

/** A column of a table. */
export interface Column {
  readonly title: string;
  /** Whether its cells are hosts or names of stacks, which are broken only where nothing else makes the table fit. @default false */
  readonly isName?: boolean;
  /** Whether the column is left out where all its cells are empty. @default false */
  readonly isOptional?: boolean;
}

/** How large a table may become. */
export interface TableSize {
  /** In columns of the terminal. @default unlimited: one line for each row */
  readonly width?: number;
}

/** The width of the terminal that reads the standard output; unlimited for a pipe or a file, which are searched line by line. */
export function terminalWidth(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY; // some terminals report no size
}

/**
 * A table whose lines are no wider than the terminal: cells that are too wide continue on the next line, without losing a
 * character. Every column keeps the width of its widest character.
 */
export function renderTable(
  allColumns: readonly Column[],
  allRows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY }: TableSize = {},
): string {
  const isShown = allColumns.map(
    ({ isOptional = false }, index) => !isOptional || allRows.some((row) => (row[index] ?? "") !== ""),
  );
  const shownOf = <Item>(items: readonly Item[]): readonly Item[] => items.filter((_, index) => isShown[index]);
  const columns = shownOf(allColumns);
  const [head = [], ...rows] = fitted(columns, [columns.map(({ title }) => title), ...allRows.map(shownOf)], width);
  const compact = !rows.flat().some((cell) => cell.includes("\n")); // otherwise a line between the rows tells them apart
  const table = new Table({ head: [...head], style: { head: [], border: [], compact } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** The frame takes a line and two spaces of each column, and a line at the end. */
const [frame, framePerColumn] = [1, 3];

const graphemes = new Intl.Segmenter();
const color = /(\p{Cc}\[[\d;]*m)/u;

/** Into the characters that a reader sees; the codes that switch a colour on or off take no room. */
function characters(text: string): readonly string[] {
  return text
    .split(color)
    .flatMap((part, index) =>
      index % 2 === 1 ? [part] : Array.from(graphemes.segment(part), ({ segment }) => segment),
    );
}

type Split = (text: string) => readonly string[];
const whole: Split = (text) => [text];
const at =
  (place: RegExp): Split =>
  (text) =>
    text.split(place);
const [afterSpaces, afterStrokes, afterHyphens, beforeDots] = [
  at(/(?<= )(?=[^ ])/),
  at(/(?<=[/,])(?=[^/, ])/),
  at(/(?<=[-_])(?=[^-_])/),
  at(/(?<=[^.*])(?=\.)/),
];

/** Where lines may end in a column of text and in one of names: each is tried where the ones before leave the table too wide. */
const splits: readonly { readonly text: Split; readonly name: Split }[] = [
  { text: afterSpaces, name: afterSpaces },
  { text: afterStrokes, name: afterStrokes },
  { text: afterHyphens, name: whole },
  { text: beforeDots, name: whole },
  { text: whole, name: beforeDots },
  { text: characters, name: characters },
];

function fitted(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number,
): readonly (readonly string[])[] {
  const room = width - frame - framePerColumn * columns.length;
  const splitsOf = columns.map(({ isName = false }) => splits.map(({ text, name }) => (isName ? name : text)));
  const leastWith = (depth: number): readonly number[] =>
    splitsOf.map((ways, index) =>
      largest(cells.flatMap((row) => pieces(row[index] ?? "", ways.slice(0, depth)).map(visibleWidth))),
    );
  const natural = leastWith(0);
  if (sum(natural) <= room) return cells.map((row) => row.map((cell) => cell.trimEnd()));
  let least = natural;
  for (let depth = 1; depth <= splits.length && sum(least) > room; depth += 1) least = leastWith(depth);
  const widths = filled(least, natural, room);
  return cells.map((row) => row.map((cell, index) => wrapped(cell, widths[index] ?? 0, splitsOf[index] ?? [])));
}

/** What is left of the room goes to the narrowest columns first, so that none is wider than it needs to be. */
function filled(least: readonly number[], natural: readonly number[], room: number): readonly number[] {
  const widths = [...least];
  for (let left = room - sum(least); left > 0; left -= 1) {
    const growing = widths.map((width, index) => (width < (natural[index] ?? 0) ? width : Number.POSITIVE_INFINITY));
    const narrowest = growing.indexOf(Math.min(...growing));
    widths[narrowest] = (widths[narrowest] ?? 0) + 1;
  }
  return widths;
}

/** The parts between which lines may end; together they are the text. */
function pieces(text: string, ways: readonly Split[]): readonly string[] {
  return ways.reduce<readonly string[]>((parts, split) => parts.flatMap(split), [text]);
}

function wrapped(cell: string, width: number, ways: readonly Split[]): string {
  const lines = [""];
  append(lines, knownSecrets.mask(cell), width, ways); // of a secret in pieces, with other columns between them, nothing would be found
  return withColors(lines.map((line) => line.trimEnd())).join("\n");
}

/** A part that must be broken starts on a line that it has for itself, so that as little of it as possible is apart. */
function append(lines: string[], text: string, width: number, ways: readonly Split[]): void {
  const last = lines.at(-1) ?? "";
  const [split, ...finer] = ways;
  const isFull = visibleWidth(`${last}${text}`) > width;
  if (isFull && last !== "") {
    lines.push("");
    append(lines, text, width, ways);
  } else if (isFull && split !== undefined) {
    for (const piece of split(text)) append(lines, piece, width, finer);
  } else lines[lines.length - 1] = `${last}${text}`;
}

/** The same lines, each with the colours that the ones before left switched on: the frame between them has none. */
function withColors(lines: readonly string[]): readonly string[] {
  let open: readonly string[] = [];
  return lines.map((line) => {
    const before = open.join("");
    for (const [code] of line.matchAll(new RegExp(color, "gu"))) open = isOff(code) ? [] : [...open, code];
    return open.length === 0 ? `${before}${line}` : `${before}${line}${off}`;
  });
}

const off = "\u001b[0m";

function isOff(code: string): boolean {
  return /\[(?:0|2\d|39|49)?m$/.test(code);
}

/** Spaces at the end of a line need no room. */
function visibleWidth(text: string): number {
  const shown = text.trimEnd();
  return /^[ -~]*$/.test(shown) ? shown.length : stringWidth(shown); // which is slow, and most cells are ASCII
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
