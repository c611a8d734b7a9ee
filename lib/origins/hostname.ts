import { createRequire } from "node:module";
import type * as Tr46 from "tr46";
import { composed, isNormalizedAlike } from "./normalize";

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

let tr46: typeof Tr46 | undefined;

function loadTr46(): typeof Tr46 {
  return (tr46 ??= checkedTr46(createRequire(__filename)("tr46")));
}

/** @throws where another package, or another version, is in the place of tr46 */
export function checkedTr46(loaded: unknown): typeof Tr46 {
  if (isTr46(loaded)) return loaded;
  throw new Error("The package tr46 lacks the functions toASCII and toUnicode: install version 6");
}

function isTr46(loaded: unknown): loaded is typeof Tr46 {
  return typeof loaded === "object" && loaded !== null && "toASCII" in loaded && "toUnicode" in loaded;
}
