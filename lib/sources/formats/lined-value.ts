/**
 * A value of a TOML, YAML or JSON file. `line` is where it would be edited: the line of its key, in a list its own, counted
 * from 1.
 */
export type LinedValue = LinedScalar | LinedList | LinedTable;

/** A text, or a literal of another kind, such as a number, as the text that it is written as. */
export interface LinedScalar {
  readonly kind: "text" | "literal" | "null";
  readonly text: string;
  readonly line: number;
}

/** Several values in their order. */
interface LinedList {
  readonly kind: "list";
  readonly items: readonly LinedValue[];
  readonly line: number;
}

/** Values by name. */
export interface LinedTable {
  readonly kind: "table";
  readonly entries: ReadonlyMap<string, LinedValue>;
  readonly line: number;
}

/** A text that was parsed, or why and where it could not be. The message quotes nothing of the text, which may hold secrets. */
export type ParsedText =
  | { readonly ok: true; readonly value: LinedValue }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** What stands under these names, one inside the other; undefined where there is nothing. */
export function entryAt(value: LinedValue | undefined, ...path: readonly string[]): LinedValue | undefined {
  return path.reduce<LinedValue | undefined>(
    (within, name) => (within?.kind === "table" ? within.entries.get(name) : undefined),
    value,
  );
}

/** The table under these names; undefined if it is missing. */
export function tableAt(value: LinedValue | undefined, ...path: readonly string[]): LinedTable | undefined {
  const found = entryAt(value, ...path);
  return found?.kind === "table" ? found : undefined;
}

/** Tells the line of a position in a text. */
export function lineIndex(text: string): (position: number) => number {
  const breaks = Array.from(text.matchAll(/\n/g), ({ index }) => index);
  return (position) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((breaks[middle] ?? position) < position) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
