import { createRequire } from "node:module";

declare const parsed: unique symbol;

/**
 * The host of a page exactly as the browser's `location.hostname` says it: lower case, punycode, IPv6 in brackets; without
 * scheme, port or path. Only `parseAddress` makes one, so a `Host` is always fit to be an entry of the allow-list.
 */
export type Host = string & { readonly [parsed]: true };

/** Whether `host` is a subdomain of `parent`, at any depth. */
export function isUnder(host: string, parent: string): boolean {
  return host.endsWith(parent) && host[host.length - parent.length - 1] === ".";
}

/** The host and every name above it, the nearest first: `a.b.c`, `b.c`, `c`. */
export function* withParents(host: string): Generator<string> {
  for (let start = 0; start !== -1;) {
    yield host.slice(start);
    const dot = host.indexOf(".", start);
    start = dot === -1 ? -1 : dot + 1;
  }
}

/** Whether the host is an IP address rather than a name. The URL parser lets only IPv4 addresses end in a number. */
export function isIpAddress(host: string): boolean {
  return host.startsWith("[") || /(?:^|\.)\d+$/.test(host);
}

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

/**
 * What `location.hostname` says on a page of that host, as the URL Standard's host parser decides it: percent escapes are
 * decoded, IDN becomes punycode, `0x7f.1` becomes `127.0.0.1`. Undefined where the host is invalid.
 *
 * `URL` alone would not do: which names it accepts, and what it makes of them, depends on the version of Node.js.
 *
 * One thing is stricter than the standard: a name that is ASCII and has an invalid label after `xn--` is refused. To the
 * standard it is a validation error, which browsers overlook since 2026 for the sake of a few old sites; here it is nearly
 * always a typing error, which would leave the intended page blocked.
 */
export function hostnameOf(written: string): string | undefined {
  if (written.startsWith("[")) return platformHostname(written);
  const domain = percentDecoded(written);
  if (domain === undefined || domain.length > longest) return undefined;
  const hostname = domainToAscii(domain);
  if (hostname === undefined || hostname === "" || forbidden.test(hostname)) return undefined;
  return endsInNumber.test(hostname) ? ipv4Address(hostname) : hostname;
}

/** The host with its letters instead of punycode, for people to read; as it is where it has no such form. */
export function readableHost(host: string): string {
  if (!hasPunycode.test(host)) return host;
  const { domain, error } = loadTr46().toUnicode(host, processing);
  return error || composed(domain) !== domain ? host : domain;
}

/** The first character that no name has, in whatever company. */
export function strangeCharacterIn(host: string): string | undefined {
  return Array.from(host).find((character) =>
    /\p{ASCII}/u.test(character) ? !/[\w.-]/.test(character) : loadTr46().toUnicode(`a${character}`).error,
  );
}

/** A name of DNS has at most 253 octets: what is far longer need not be looked at for long. */
const longest = 4_096;

/** The standard's forbidden domain code points. */
const forbidden = /[\p{Cc} #%/:<>?@[\\\]^|]/u;

const hasPunycode = /(?:^|\.)xn--/i;

/** How the standard has a domain processed; tr46's other options stay off. */
const processing = { checkBidi: true, checkJoiners: true } as const;

/** tr46 takes 30 ms to load, and every version of Node.js knows these letters alike (a test tries each). */
const latin = /^[\p{ASCII}\u00c0-\u024f]*$/u;

function domainToAscii(domain: string): string | undefined {
  if (!hasPunycode.test(domain)) {
    if (/^\p{ASCII}*$/u.test(domain)) return domain.toLowerCase();
    if (latin.test(domain)) return forbidden.test(domain) ? undefined : platformHostname(domain);
  }
  const { toASCII, toUnicode } = loadTr46();
  const hostname = toASCII(isNormalizedAlike(domain) ? domain : composed(mapped(domain)), processing);
  if (hostname === null || !hasPunycode.test(domain)) return hostname ?? undefined;
  const { domain: decoded } = toUnicode(hostname, processing);
  return composed(decoded) === decoded ? hostname : undefined;
}

/** Mapping comes before normalization, and tr46 leaves the latter to Node.js. Mapping once more changes nothing. */
function mapped(domain: string): string {
  return Array.from(domain, (character) => loadTr46().toUnicode(character).domain).join("");
}

/**
 * Only for hosts that come out alike on every version of Node.js. `URL.canParse` is not asked: once V8 has optimised its caller,
 * Node.js 20 refuses valid hosts with letters of Latin-1.
 */
function platformHostname(written: string): string | undefined {
  try {
    return new URL(`http://${written}`).hostname;
  } catch {
    return undefined;
  }
}

function percentDecoded(text: string): string | undefined {
  try {
    return text.includes("%") ? decodeURIComponent(text) : text;
  } catch {
    return undefined; // not UTF-8, or a % that begins no escape: neither may stand in a name
  }
}

const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/;

/** The standard's IPv4 parser, which Node.js 20.9 gets wrong (1.2.3.256). */
function ipv4Address(name: string): string | undefined {
  const numbers = name.replace(/\.$/, "").split(".").map(ipv4Number);
  const last = numbers.at(-1) ?? NaN;
  const leading = numbers.slice(0, -1);
  const isAddress = leading.length < 4 && leading.every((each) => each < 256) && last < 256 ** (4 - leading.length);
  if (!isAddress) return undefined;
  const address = leading.reduce((sum, each, index) => sum + each * 256 ** (3 - index), last);
  return [3, 2, 1, 0].map((place) => Math.floor(address / 256 ** place) % 256).join(".");
}

/** In decimal, octal or hexadecimal notation; `0x` alone is zero. */
function ipv4Number(text: string): number {
  if (/^0x[0-9a-f]*$/.test(text)) return parseInt(`${text}0`, 16) / 16;
  if (/^0[0-7]+$/.test(text)) return parseInt(text, 8);
  return /^(?:0|[1-9]\d*)$/.test(text) ? Number(text) : NaN;
}

/** The part of the package tr46 that is used. Its own types would be needed by everyone who compiles against this library. */
interface Tr46 {
  readonly toASCII: (domain: string, options: typeof processing) => string | null;
  readonly toUnicode: (
    domain: string,
    options?: typeof processing,
  ) => { readonly domain: string; readonly error: boolean };
}

let tr46: Tr46 | undefined;

function loadTr46(): Tr46 {
  return (tr46 ??= checkedTr46(createRequire(__filename)("tr46")));
}

/** @throws where another package, or another version, is in the place of tr46 */
export function checkedTr46(loaded: unknown): Tr46 {
  if (isTr46(loaded)) return loaded;
  throw new Error("The package tr46 lacks the functions toASCII and toUnicode: install version 6");
}

function isTr46(loaded: unknown): loaded is Tr46 {
  return typeof loaded === "object" && loaded !== null && "toASCII" in loaded && "toUnicode" in loaded;
}
