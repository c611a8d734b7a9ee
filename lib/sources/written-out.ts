import { type Place } from "../origins/place";
import { type AddressSource } from "./address-source";
import { type CallSite, linesOf, placeFile } from "./call-site";

/**
 * Addresses that stand in the program itself, in the arguments of the call at that site. Each has the line of its own
 * literal where that is found at or below the call, otherwise the line of the call.
 */
export function writtenOut(site: CallSite | undefined): (value: string) => AddressSource {
  if (site === undefined) {
    return (value) => ({ read: () => ({ addresses: [{ value, place: { file: "(written out)" } }], findings: [] }) });
  }
  const { path } = site;
  const lineOf = literalLines(site);
  let file: string | undefined;
  return (value) => ({
    read: ({ root }) => {
      file ??= placeFile(root, path);
      const place: Place = { file, line: lineOf(value) };
      return { addresses: [{ value, place }], findings: [] };
    },
  });
}

/**
 * The lines of the literals of one call, asked for in the order of the call. The program's text is searched rather than
 * parsed, and only as far as the next environment's declaration, so that a literal of that one is never meant.
 */
function literalLines({ path, line }: CallSite): (value: string) => number {
  let lines: ReadonlyMap<string, number[]> | undefined;
  return (value) => {
    lines ??= literalsOfCall(path, line);
    return lines.get(value)?.shift() ?? line;
  };
}

/** The lines on which each literal stands, from the top, each line once. */
function literalsOfCall(path: string, line: number): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  linesOfCall(path, line).forEach((text, index) => {
    for (const [, , literal = ""] of text.matchAll(/(["'`])(.*?)\1/g)) {
      const lines = found.get(literal) ?? [];
      if (lines.at(-1) !== line + index) lines.push(line + index);
      found.set(literal, lines);
    }
  });
  return found;
}

function linesOfCall(path: string, line: number): readonly string[] {
  const below = linesOf(path).slice(line - 1);
  const next = below.findIndex((text, index) => index > 0 && text.includes("nextEnvironment("));
  return next === -1 ? below : below.slice(0, next);
}
