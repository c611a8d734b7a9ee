import { decoded, mayBeEncoded, squeezed, type TextView, viewOf } from "./text-view";

/** What stands in the place of a secret. */
const mask = "***";

/** Shorter values are not searched for as secrets: they stand in every other word. */
const shortest = 4;

/** From this length on a value is found anywhere; a shorter one where no letter and no digit touches it. */
const shortestWithin = 6;

/** From this length on a value is also found where a line break or a table's frame stands in it. */
const shortestWrapped = 8;

/** How often a text may have been encoded one over the other. */
const mostEncodings = 4;

/** What a text is searched for. */
interface Targets {
  /** In small letters, as they are. */
  readonly plain: readonly string[];
  /** In small letters, without white space. */
  readonly wrapped: readonly string[];
  /** Pieces of base64, in its usual alphabet. */
  readonly base64: readonly string[];
}

type Range = readonly [start: number, end: number];

/**
 * The secrets of a process, and the one way to keep them out of a text. A value is found in whatever form a parser, a server or a
 * terminal gives it: as it is, trimmed, line by line, wrapped over several lines, percent-encoded, as JSON, HTML or `printable` escape
 * it, in several of these at once, in base64 at any place of a longer text (such as `client:secret`), in hex and as the bytes of a printed Buffer, and cut short before an
 * ellipsis. Values of fewer than four characters are not masked.
 */
export class Secrets {
  readonly #values = new Set<string>();
  #targets: Targets | undefined;

  /** Adds values that must not be shown from now on. */
  add(...values: readonly string[]): void {
    for (const value of values) {
      if (value.trim().length < shortest || this.#values.has(value)) continue;
      this.#values.add(value);
      this.#targets = undefined;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.#values.clear();
    this.#targets = undefined;
  }

  /** The text with every secret in it masked. */
  mask(text: string): string {
    if (this.#values.size === 0 || text.length < shortest) return text;
    this.#targets ??= targetsOf(this.#values);
    return replaced(text, rangesIn(text, this.#targets));
  }

  /** The same value, with every secret masked in its texts and in the names of its properties. */
  maskValue(value: unknown): unknown {
    if (this.#values.size === 0) return value;
    if (typeof value === "string") return this.mask(value);
    if (Array.isArray(value)) return value.map((each) => this.maskValue(each));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [this.mask(name), this.maskValue(each)]));
  }
}

/** The secrets of this process. The command adds those of its environment; clients add the tokens that they are given. */
export const knownSecrets = new Secrets();

function targetsOf(values: ReadonlySet<string>): Targets {
  const parts = new Set([...values].flatMap((value) => [value, value.trim(), ...linesOf(value)]));
  const plain = new Set<string>();
  const wrapped = new Set<string>();
  const base64 = new Set<string>();
  for (const part of parts) {
    if (part.length < shortest) continue;
    for (const form of formsOf(part)) {
      if (form.length >= shortest) plain.add(form);
      const tight = squeezed(viewOf(form)).text;
      if (tight.length >= shortestWrapped) wrapped.add(tight);
    }
    if (part.length >= shortestWithin) {
      const bytes = Buffer.from(part);
      plain.add(bytes.toString("hex"));
      wrapped.add(bytes.toString("hex"));
      wrapped.add(bytes.join(","));
    }
    for (const text of [part, encodeURIComponent(Buffer.from(part).toString()), JSON.stringify(part).slice(1, -1)])
      if (Buffer.byteLength(text) > shortest) for (const piece of base64PiecesOf(text)) base64.add(piece);
  }
  return { plain: [...plain], wrapped: [...wrapped], base64: [...base64] };
}

function linesOf(value: string): readonly string[] {
  const lines = value.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  return lines.length > 1 ? lines : [];
}

/** The value and what decoding makes of it: a secret may itself look encoded. */
function formsOf(value: string): readonly string[] {
  const forms = [value];
  let view = viewOf(value);
  for (let depth = 0; depth < mostEncodings && mayBeEncoded(view.text); depth += 1) {
    view = decoded(view);
    forms.push(view.text);
  }
  return forms.map(lowerCase);
}

/** What base64 makes of a text, at each of the three places that it can have in a longer one: the characters that it alone decides. */
function base64PiecesOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    return whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
}

function rangesIn(text: string, { plain, wrapped, base64 }: Targets): readonly Range[] {
  const ranges: Range[] = [];
  let view = viewOf(text);
  let withPlus = view;
  for (let depth = 0; ; depth += 1) {
    const small = { ...view, text: lowerCase(view.text) };
    const tight = squeezed(small);
    const letters = inUsualBase64(squeezed(withPlus));
    for (const target of plain) ranges.push(...found(small, target, target.length < shortestWithin));
    for (const target of wrapped) ranges.push(...found(tight, target), ...cutShort(tight, target));
    for (const target of base64) ranges.push(...inBase64(letters, target), ...cutShort(letters, target));
    if (depth === mostEncodings || !mayBeEncoded(view.text)) return ranges;
    [view, withPlus] = [decoded(view), decoded(withPlus, "+")];
  }
}

function found({ text, starts, ends }: TextView, target: string, isWord = false): readonly Range[] {
  const ranges: Range[] = [];
  for (let at = text.indexOf(target); at !== -1; at = text.indexOf(target, at + 1)) {
    const end = at + target.length;
    if (isWord && (touches(text[at - 1], target[0]) || touches(text[end], target.at(-1)))) continue;
    ranges.push([starts[at] ?? 0, ends[end - 1] ?? 0]);
  }
  return ranges;
}

/** Whether two neighbours belong to one word. */
function touches(outside: string | undefined, inside: string | undefined): boolean {
  return [outside, inside].every((each) => each !== undefined && /[\p{L}\p{N}]/u.test(each));
}

/** The beginning of a secret of which something has cut off the end. */
function cutShort({ text, starts, ends }: TextView, target: string): readonly Range[] {
  const beginning = target.slice(0, shortestWithin);
  const ranges: Range[] = [];
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + 1)) {
    const rest = text.slice(at, at + target.length + 2);
    const length = rest.search(/…|\.\.\./);
    if (length >= beginning.length && target.startsWith(rest.slice(0, length)))
      ranges.push([starts[at] ?? 0, ends[at + length - 1] ?? 0]);
  }
  return ranges;
}

/** The same with the two characters that base64 has in URLs as it has them elsewhere. */
function inUsualBase64(view: TextView): TextView {
  return { ...view, text: view.text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/")) };
}

/** The characters at both ends belong to the secret by half. */
function inBase64({ text, starts, ends }: TextView, piece: string): readonly Range[] {
  const isPart = (sign: string | undefined): boolean => sign !== undefined && /[A-Za-z0-9+/]/.test(sign);
  const ranges: Range[] = [];
  for (let at = text.indexOf(piece); at !== -1; at = text.indexOf(piece, at + 1)) {
    const isInside = isPart(text[at - 1]) && ends[at - 1] === starts[at];
    const first = isInside ? at - 1 : at;
    let last = at + piece.length - 1;
    if (isPart(text[last + 1])) last += 1;
    while (text[last + 1] === "=") last += 1;
    ranges.push([starts[first] ?? 0, ends[last] ?? 0]);
  }
  return ranges;
}

/** The letters of ASCII in small; no other character changes, so that every place stays where it is. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function replaced(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let result = "";
  let last = -1;
  for (const [start, end] of [...ranges].sort(([one], [other]) => one - other)) {
    if (start > last) result += `${text.slice(Math.max(last, 0), start)}${mask}`;
    last = Math.max(last, end);
  }
  return result + text.slice(last);
}
