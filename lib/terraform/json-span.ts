/** A part of a text: from the first character to the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object (`"name": value`) or an element of a list. */
interface Member {
  readonly key: string | number;
  readonly whole: Span;
  readonly value: Span;
}

/** The names and positions that lead to a value. */
type JsonPath = readonly (string | number)[];

/**
 * Where a value stands in a JSON text, and where it stands with its name: so that one value can be replaced and everything
 * else kept as it is written, numbers that JavaScript would round among them.
 *
 * @param text valid JSON
 * @returns undefined where the path leads to nothing
 */
export function spanAt(text: string, path: JsonPath): { readonly whole: Span; readonly value: Span } | undefined {
  const start = tokenAt(text, 0).start;
  const root: Span = { start, end: endOf(text, start) };
  let found: { readonly whole: Span; readonly value: Span } = { whole: root, value: root };
  for (const key of path) {
    const member = membersOf(text, found.value).findLast((candidate) => candidate.key === key);
    if (member === undefined) return undefined;
    found = member;
  }
  return found;
}

function membersOf(text: string, { start, end }: Span): readonly Member[] {
  const isObject = text[start] === "{";
  if (!isObject && text[start] !== "[") return [];
  const members: Member[] = [];
  let next = tokenAt(text, start + 1);
  while (next.end < end) {
    const first = next.start;
    let key: string | number = members.length;
    if (isObject) {
      key = JSON.parse(text.slice(next.start, next.end)) as string;
      next = tokenAt(text, tokenAt(text, next.end).end); // over the colon
    }
    const value: Span = { start: next.start, end: endOf(text, next.start) };
    members.push({ key, value, whole: { start: first, end: value.end } });
    next = tokenAt(text, value.end);
    if (text[next.start] === ",") next = tokenAt(text, next.end);
  }
  return members;
}

/** The end of the value that begins here: of its closing bracket where it has one. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let token: Span = { start, end: start };
  do {
    token = tokenAt(text, token.end);
    const character = text[token.start];
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
  } while (depth > 0);
  return token.end;
}

/** The next string, bracket, comma, colon, number or word. */
function tokenAt(text: string, from: number): Span {
  const token = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;
  token.lastIndex = from;
  const [, found = ""] = token.exec(text) ?? [];
  return { start: token.lastIndex - found.length, end: token.lastIndex };
}
