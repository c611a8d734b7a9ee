import { toASCII, toUnicode } from "tr46";
import { hostnameOf, isNormalizedAlike, readableHost } from "../../lib/origins/hostname";
import fc from "../fast-check";

/** Characters that take part in what is difficult: mapping, normalization, joiners, writing from right to left, digits, dots. */
export const difficultCharacters: readonly string[] = Array.from(
  "aB1-._ẞßςÄäıİŀǅſK½①²ａ．。｡\u00ad\u200b\u200c\u200d\u0300\u0301\u0307\u0316\u0323\u0338\u0345\u094d\u0360≠<>=\u1100\u1161\u11a8가" +
    "אابيى٠۱देश\u09be\u09c7中𠮷👩\u{1f3fd}\ufe0f\ufffd\ue000\u{e0001}\u{323b0}\u0378" +
    // Newer than the Unicode of Node.js 20.9.
    "\u0897\u1acf\u1add\u1ae6\u1aeb\u{105c9}\u{105d2}\u{105da}\u{10d4a}\u{10d69}\u{10efb}\u{11382}\u{113c9}\u{113ce}\u{113c2}" +
    "\u{1611e}\u{16121}\u{1611f}\u{1612f}\u{16d63}\u{16d67}\u{16d69}\u{1e5ee}\u{1e5ef}\u{1e6e3}\u1c89\ua7cb",
);

const letters = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...difficultCharacters) },
      { weight: 2, arbitrary: fc.constantFrom("a", "b", "x", "0", "9", ".", "-") },
      { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((characters) => characters.join(""));

/** Names that need IDNA, valid and invalid ones. */
export const hostName = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: letters },
      { weight: 1, arbitrary: fc.stringMatching(/^[xX]n--[a-z0-9-]{0,10}$/) },
      { weight: 1, arbitrary: letters.map((text) => toASCII(text) ?? text) },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((labels) => labels.join("."))
  .filter((name) => !/[\p{Cc} #%/:<>?@[\\\]^|]|(?:^|[.])(?:[0-9]*|0x[0-9a-f]*)[.]?$/u.test(toUnicode(name).domain));

/** What breaks the law that a name is what tr46 says of it, its Unicode being that of Node.js. */
function differenceFromTr46(name: string): string | undefined {
  const isNewer = !isNormalizedAlike(toUnicode(name).domain);
  if (isNewer && Number(process.versions["unicode"]) < 17) return undefined;
  return difference(name, toASCII(name, { checkBidi: true, checkJoiners: true }) ?? undefined);
}

/**
 * What breaks the law that a name is what `URL` says of it on Node.js 24 and newer. Three differences are known: as the standard,
 * it accepts invalid labels in a name that is ASCII; its Bidi rule looks at each label alone, by older tables; and it does not
 * compose all that Unicode composes, such as letters of Hangul and what Unicode 16.0 brought.
 */
function differenceFromUrl(name: string): string | undefined {
  const mapped = Array.from(name, (character) => toUnicode(character).domain).join("");
  const { domain } = toUnicode(name);
  const isAscii = /^\p{ASCII}*$/u.test(name);
  const isComposed = isNormalizedAlike(domain) && mapped.normalize("NFC") === mapped;
  if (isAscii || rightToLeft.test(domain) || !isComposed || Number(process.versions.node.split(".")[0]) < 24)
    return undefined;
  return difference(name, URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : undefined);
}

const rightToLeft = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function difference(name: string, expected: string | undefined): string | undefined {
  const found = hostnameOf(name);
  return found === expected || (found === undefined && expected === "")
    ? undefined
    : `${JSON.stringify(name)}: ${String(found)}, not ${String(expected)}`;
}

/** What breaks the law that a host stays the same when it is parsed again, and when it is shown with its letters. */
function changeOf(name: string): string | undefined {
  const host = hostnameOf(name);
  return host === undefined ? undefined : (difference(host, host) ?? difference(readableHost(host), host));
}

/** The laws of a host. Each answers what is wrong with a name. */
export const hostLaws = {
  "is what tr46 says": differenceFromTr46,
  "is what URL says on Node.js 24 and newer, known differences apart": differenceFromUrl,
  "stays the same when it is parsed again, and when it is shown with its letters": changeOf,
};
