import { type Place } from "../origins/finding";
import { type AddressSource } from "./address-source";
import { type CallSite, linesOf, placeFile } from "./call-site";

/**
 * Addresses that stand in the program itself, in the arguments of the call at that site. Each has the line of its
 * literal where that is found at or below the call, otherwise the line of the call.
 *
 * @param name what the call declares, where that is its first argument
 */
export function writtenOut(site: CallSite | undefined, name?: string): (value: string) => AddressSource {
  if (site === undefined) {
    return (value) => ({ read: () => ({ addresses: [{ value, place: { file: "(written out)" } }], findings: [] }) });
  }
  const { path } = site;
  const lineOf = literalLines(site, name);
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
 * parsed, and only as far as the call goes, so that a literal of another one is never meant.
 */
function literalLines({ path, line }: CallSite, name: string | undefined): (value: string) => number {
  let lines: ReadonlyMap<string, number[]> | undefined;
  return (value) => {
    lines ??= literalsOfCall(path, line, name);
    return lines.get(value)?.shift() ?? line;
  };
}

/** The lines on which each literal stands, from the top. The name of what is declared comes first, and is not an address. */
function literalsOfCall(path: string, line: number, name: string | undefined): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const literal of literalsIn(
    linesOf(path)
      .slice(line - 1)
      .join("\n"),
  )) {
    const lines = found.get(literal.text) ?? [];
    lines.push(line + literal.line);
    found.set(literal.text, lines);
  }
  if (name !== undefined) found.get(name)?.shift();
  return found;
}

interface Literal {
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Comments, texts, regular expressions where one may begin, brackets, names, and the ends of lines. */
const token =
  /\/\/.*|\/\*[^]*?\*\/|(["'])((?:\\[^]|(?!\1)[^\\\n])*)\1|`((?:\\[^]|[^\\`])*)`|(?<=[(,=:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\n])*\]|[^\\/[\n])+\/|[()[\]{}]|[\w$]+|\n/g;

/**
 * The texts of a call that begins on the first line. It ends where all brackets of that line are closed again, and at the latest
 * where another line declares an environment.
 */
function* literalsIn(program: string): Generator<Literal> {
  let [line, depth, lowest, opened] = [0, 0, 0, false];
  for (const { 0: text, 2: quoted, 3: template } of program.matchAll(token)) {
    if (quoted !== undefined || template !== undefined) yield { text: quoted ?? template ?? "", line };
    else if ("([{".includes(text)) [depth, opened] = [depth + 1, true];
    else if (")]}".includes(text)) depth--;
    else if (line > 0 && text === "nextEnvironment") return;
    if (line === 0) lowest = Math.min(lowest, depth);
    line += text.split("\n").length - 1;
    if (line > 0 && opened && depth <= lowest) return;
  }
}
