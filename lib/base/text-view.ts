/** A text in another form, and where each of its characters comes from in the original. */
export interface TextView {
  readonly text: string;
  /** For each character, where the original of it begins. */
  readonly starts: readonly number[];
  /** For each character, where the original of it ends. */
  readonly ends: readonly number[];
}

/** The text itself. */
export function viewOf(text: string): TextView {
  const starts = Array.from({ length: text.length }, (_, index) => index);
  return { text, starts, ends: starts.map((start) => start + 1) };
}

/** How characters are written in URLs, forms, JSON, programs, HTML and reports of this project (`printable`). */
const encoded =
  /(?:%[0-9a-f]{2})+|\+|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[^ux]|&(?:#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi;

/** Whether decoding may change a text. */
export function mayBeEncoded(text: string): boolean {
  return /[%+\\&]/.test(text);
}

/**
 * The view with everything decoded once that looks encoded: one text may be encoded in several ways at once.
 *
 * @param plus what a plus sign stands for; base64 has it as a character
 */
export function decoded(view: TextView, plus: " " | "+" = " "): TextView {
  const builder = new ViewBuilder(view);
  let last = 0;
  for (const { 0: found, index } of view.text.matchAll(encoded)) {
    const characters = charactersOf(found, plus);
    if (characters === undefined) continue;
    builder.copy(last, index);
    for (const { text, from, to } of characters) builder.add(text, index + from, index + to);
    last = index + found.length;
  }
  builder.copy(last, view.text.length);
  return builder.view;
}

/** White space, the frames of tables and of Terraform's diagnostics, and what no reader sees: what may stand between two parts of one text. */
const gap = /\p{Cc}\[[\d;]*m|[\s\p{Cc}\p{Cf}│╷╵]+/gu;

/** The view without line breaks and all else that wrapping puts into a text. */
export function squeezed(view: TextView): TextView {
  const builder = new ViewBuilder(view);
  let last = 0;
  for (const { 0: found, index } of view.text.matchAll(gap)) {
    builder.copy(last, index);
    last = index + found.length;
  }
  builder.copy(last, view.text.length);
  return builder.view;
}

/** Puts a view together from parts of another one. */
class ViewBuilder {
  readonly #pieces: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(private readonly source: TextView) {}

  get view(): TextView {
    return { text: this.#pieces.join(""), starts: this.#starts, ends: this.#ends };
  }

  copy(from: number, to: number): void {
    if (from >= to) return;
    this.#pieces.push(this.source.text.slice(from, to));
    for (let index = from; index < to; index += 1) {
      this.#starts.push(this.source.starts[index] ?? 0);
      this.#ends.push(this.source.ends[index] ?? 0);
    }
  }

  /** A text that stands for a part of the source. */
  add(text: string, from: number, to: number): void {
    this.#pieces.push(text);
    const units = text.length; // a character beyond the first 65,536 has two
    this.#starts.push(...Array<number>(units).fill(this.source.starts[from] ?? 0));
    this.#ends.push(...Array<number>(units).fill(this.source.ends[to - 1] ?? 0));
  }
}

interface Piece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  0: "\0",
  e: "\u001b",
};
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** What an encoded part says; undefined where it only looks encoded. */
function charactersOf(found: string, plus: string): readonly Piece[] | undefined {
  const whole = (text: string): readonly Piece[] => [{ text, from: 0, to: found.length }];
  if (found.startsWith("%")) return utf8Of(found);
  if (found === "+") return whole(plus);
  if (found.startsWith("&")) {
    const name = found.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return Object.hasOwn(entities, name) ? whole(entities[name] ?? "") : undefined;
    return characterAt(name.startsWith("#x") ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10), whole);
  }
  const code = /^\\[ux]\{?([0-9a-f]+)\}?$/i.exec(found)?.[1];
  if (code !== undefined) return characterAt(parseInt(code, 16), whole);
  const character = found.slice(1);
  return whole(Object.hasOwn(escapes, character) ? (escapes[character] ?? "") : character);
}

function characterAt(code: number, whole: (text: string) => readonly Piece[]): readonly Piece[] | undefined {
  return code > 0x10_ffff ? undefined : whole(String.fromCodePoint(code));
}

/** The characters of percent-encoded bytes: those of UTF-8, or of Latin-1 where they are not UTF-8. */
function utf8Of(found: string): readonly Piece[] {
  const bytes = Array.from(found.matchAll(/[0-9a-f]{2}/gi), ([digits]) => parseInt(digits, 16));
  const pieces: Piece[] = [];
  for (let index = 0; index < bytes.length;) {
    const first = bytes[index] ?? 0;
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    const text = Buffer.from(bytes.slice(index, index + length)).toString("utf8");
    const isCharacter = length > 1 && !text.includes("\ufffd");
    const taken = isCharacter ? length : 1;
    pieces.push({
      text: isCharacter ? text : String.fromCharCode(first),
      from: 3 * index,
      to: 3 * (index + taken),
    });
    index += taken;
  }
  return pieces;
}
