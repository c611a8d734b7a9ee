/** Whether every version of Node.js normalizes the text alike. */
export function isNormalizedAlike(text: string): boolean {
  return !mayBeNew.test(text);
}

/**
 * Unicode's Normalization Form C, the same on every version of Node.js: `String.prototype.normalize` knows the characters of
 * the Unicode that Node.js was built with, 15.0 in Node.js 20.9 and 17.0 in Node.js 26. Characters of 15.0 and before come out
 * alike everywhere, which Unicode's stability policy promises. The few that joined later and take part are listed here, up to
 * 17.0, the last that tr46 6 knows.
 *
 * Source: UnicodeData.txt and DerivedAge.txt of Unicode 17.0.
 */
export function composed(text: string): string {
  if (isNormalizedAlike(text)) return text.normalize("NFC");
  const result: string[] = [];
  let starter = -1;
  for (const character of inCanonicalOrder(Array.from(text).flatMap(decomposition))) {
    const last = result.at(-1);
    const base = result[starter];
    const reaches = last !== undefined && (result.length - 1 === starter || comesBefore(last, character));
    const composite = base !== undefined && reaches ? compositionOf(base, character) : undefined;
    if (composite !== undefined) {
      result[starter] = composite;
      continue;
    }
    if (isStarter(character)) starter = result.length;
    result.push(character);
  }
  return result.join("");
}

/** The blocks of the new characters that take part; others in them do no harm. */
const mayBeNew =
  /[\u0870-\u089f\u1ab0-\u1aff\u{105c0}-\u{105ff}\u{10d40}-\u{10d8f}\u{10ec0}-\u{10eff}\u{11380}-\u{113ff}\u{16100}-\u{1613f}\u{16d40}-\u{16d7f}\u{1e5d0}-\u{1e5ff}\u{1e6c0}-\u{1e6ff}]/u;

/** The new combining marks, each set with an old mark of the same combining class: 9, 220, 230, 234. */
const newMarks: readonly (readonly [RegExp, string])[] = [
  [/[\u{113ce}-\u{113d0}\u{1612f}]/u, "\u094d"],
  [/[\u1add\u1ae6\u{10efa}\u{10efb}\u{1e5ef}]/u, "\u0316"],
  [
    /[\u0897\u1acf-\u1ae5\u1ae7-\u1aea\u{10d69}-\u{10d6d}\u{1e5ee}\u{1e6e3}\u{1e6e6}\u{1e6ee}\u{1e6ef}\u{1e6f5}]/u,
    "\u0300",
  ],
  [/\u1aeb/u, "\u0360"],
];

/** The new characters that are made of two others. */
const newPairs: ReadonlyMap<string, string> = new Map([
  ["\u{105c9}", "\u{105d2}\u0307"],
  ["\u{105e4}", "\u{105da}\u0307"],
  ["\u{11383}", "\u{11382}\u{113c9}"],
  ["\u{11385}", "\u{11384}\u{113bb}"],
  ["\u{1138e}", "\u{1138b}\u{113c2}"],
  ["\u{11391}", "\u{11390}\u{113c9}"],
  ["\u{113c5}", "\u{113c2}\u{113c2}"],
  ["\u{113c7}", "\u{113c2}\u{113b8}"],
  ["\u{113c8}", "\u{113c2}\u{113c9}"],
  ["\u{16121}", "\u{1611e}\u{1611e}"],
  ["\u{16122}", "\u{1611e}\u{16129}"],
  ["\u{16123}", "\u{1611e}\u{1611f}"],
  ["\u{16124}", "\u{16129}\u{1611f}"],
  ["\u{16125}", "\u{1611e}\u{16120}"],
  ["\u{16126}", "\u{16121}\u{1611f}"],
  ["\u{16127}", "\u{16122}\u{1611f}"],
  ["\u{16128}", "\u{16121}\u{16120}"],
  ["\u{16d68}", "\u{16d67}\u{16d67}"],
  ["\u{16d69}", "\u{16d63}\u{16d67}"],
  ["\u{16d6a}", "\u{16d69}\u{16d67}"],
]);

const newComposites: ReadonlyMap<string, string> = new Map(
  Array.from(newPairs, ([composite, pair]) => [pair, composite]),
);

function decomposition(character: string): readonly string[] {
  const pair = newPairs.get(character);
  return Array.from(pair ?? character.normalize("NFD")).flatMap((part) =>
    pair === undefined ? part : decomposition(part),
  );
}

function compositionOf(base: string, character: string): string | undefined {
  const pair = base + character;
  const old = pair.normalize("NFC");
  return newComposites.get(pair) ?? (Array.from(old).length === 1 ? old : undefined);
}

/** An insertion sort in which a starter stays where it is, so that marks never pass one. */
function inCanonicalOrder(characters: readonly string[]): readonly string[] {
  const sorted: string[] = [];
  for (const character of characters) {
    const after = sorted.findLastIndex((before) => !comesBefore(character, before));
    sorted.splice(after + 1, 0, character);
  }
  return sorted;
}

/** Whether both are marks, the first of a lower combining class. JavaScript tells no class, but normalization sorts by it. */
function comesBefore(one: string, other: string): boolean {
  const reversed = standIn(other) + standIn(one);
  return reversed.normalize("NFD") !== reversed;
}

function standIn(character: string): string {
  return newMarks.find(([marks]) => marks.test(character))?.[1] ?? character;
}

/** The one mark of the highest combining class. */
const lastMark = "\u0345";

function isStarter(character: string): boolean {
  return character !== lastMark && !comesBefore(character, lastMark);
}
