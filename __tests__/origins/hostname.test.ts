import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toASCII } from "tr46";
import { parseAddress } from "../../lib/origins/address";
import { checkedTr46, composed, hostnameOf, isNormalizedAlike, readableHost } from "../../lib/origins/hostname";
import { differences, type Pair, publicData } from "./public-data";

describe("the public test data comes out alike on every version of Node.js", () => {
  test("the hosts in urltestdata of web-platform-tests", () => {
    const pairs = publicData("url-test-data.json");
    expect(pairs).toHaveLength(233);
    expect(differences(pairs)).toEqual([]);
  });

  test("a page address has the same host, without a final dot", () => {
    const cases = publicData("url-test-data.json").filter(([written]) =>
      /^(?!.*\.\.$|\.$)(?:[\w.%-]|[^\p{ASCII}\s])+$/u.test(written),
    );
    expect(cases.length).toBeGreaterThan(50);
    for (const [written, hostname] of cases) {
      const parsed = parseAddress(`http://${written}/`);
      expect([written, parsed.ok ? parsed.address.host : null]).toEqual([
        written,
        hostname?.replace(/\.$/, "") ?? null,
      ]);
    }
  });
});

const newest = process.env["WPT_URL_RESOURCES"];
const describeNewest = newest === undefined ? describe.skip : describe;

describeNewest("the newest data of web-platform-tests, in the folder that WPT_URL_RESOURCES names", () => {
  test.each(["toascii.json", "IdnaTestV2.json"])("%s", (name) => {
    const text = readFileSync(join(newest ?? "", name), "utf8");
    const cases = (JSON.parse(text) as (string | { readonly input: string; readonly output: string | null })[]).flatMap(
      (each): Pair[] => (typeof each === "string" || each.input === "" ? [] : [[each.input, each.output]]),
    );
    // What the standard lets pass and we do not: see hostnameOf.
    const isInvalidAscii = ([written]: Pair): boolean =>
      /^\p{ASCII}*$/u.test(written) && toASCII(written, { checkBidi: true, checkJoiners: true }) === null;
    expect(cases.length).toBeGreaterThan(50);
    expect(differences(cases.filter((each) => !isInvalidAscii(each)))).toEqual([]);
  });
});

describe("a host comes out as browsers say it, whatever Node.js says", () => {
  test.each<Pair>([
    // Node.js 20 and 22 make "ss" of a capital sharp s.
    ["ẞ.com", "xn--zca.com"],
    ["STRAẞE.example.com", "xn--strae-oqa.example.com"],
    // Node.js 24 and 26 accept these.
    ["xn--a.com", null],
    ["xn--zn7c.com", null],
    ["xn--", null],
    ["xn--ls8h=", null],
    ["xn--1ug.example", null],
    ["xn--a-yoc", null],
    ["xn--a.xn--zca", null],
    ["xn--tešla", null],
    // Node.js 20.9 accepts these.
    ["1.2.3.256", null],
    ["0.0.65536", null],
    // Newer than the Unicode of Node.js 20.9.
    ["\u{1c89}.com", "xn--d4f.com"],
    ["\u{16d67}\u{16d67}.com", "xn--bj0f.com"],
    ["e\u{1add}\u0301.com", "xn--9ca204k.com"],
    ["e\u{0897}\u0316.com", "xn--e-4cb143b.com"],
    // Unassigned, and the replacement character.
    ["\u{e0080}.com", null],
    ["\ufffd.com", null],
    ["aa--", "aa--"],
    ["a†--", "xn--a---kp0a"],
    ["x..ß", "x..xn--zca"],
    ["\u200d.example", null],
    ["يa", null],
    ["\u064a.", "xn--mhb."],
    ["1.\u064a", null],
    ["\u064a.1", null],
    ["ශ්‍රී", "xn--10cl1a0b660p"],
    ["a\u00adb", "ab"],
    ["\u00ad", null],
    ["%C2%AD", null],
    ["≠", "xn--1ch"],
    ["%3C%CC%B8", "xn--gdh"],
    ["%EF%BC%A1.com", "a.com"],
    ["%E4.com", null],
    ["%", null],
    ["１２７.0.0.1", "127.0.0.1"],
    ["0X7F.0xffffff", "127.255.255.255"],
    ["0x", "0.0.0.0"],
    ["4294967295", "255.255.255.255"],
    ["4294967296", null],
    ["99999999999999999999", null],
    ["010.8", "8.0.0.8"],
    ["08", null],
    ["1..2", null],
    ["1.2.3.4.", "1.2.3.4"],
    ["1.2.3.4..", "1.2.3.4.."],
    ["1.2.3.4.5", null],
    ["a.1", null],
    ["a.0x1g", "a.0x1g"],
    ["1.2.3.4.0", null],
    ["10x1.1", null],
    ["0x1g.1", null],
    ["018.1", null],
    ["xn--9i0fa.com", null],
    ["[::ffff:1.2.3.4]", "[::ffff:102:304]"],
    ["[1:0:0:2:0:0:0:3]", "[1:0:0:2::3]"],
    ["[::1", null],
  ])("%j: %j", (written, hostname) => {
    expect(hostnameOf(written) ?? null).toBe(hostname);
  });

  test("of the Latin letters, Node.js says the same as tr46", () => {
    const letters = Array.from({ length: 0x250 - 0xc0 }, (_, index) => `a${String.fromCodePoint(0xc0 + index)}b.de`);
    const differing = letters.filter(
      (name) => hostnameOf(name) !== toASCII(name, { checkBidi: true, checkJoiners: true }),
    );
    expect(differing).toEqual([]);
  });
});

describe("a host is shown with its letters", () => {
  test.each([
    ["www.xn--bcher-kva.example.com", "www.bücher.example.com"],
    ["xn--zca.com", "ß.com"],
    ["xn--bj0f.com", "\u{16d68}.com"],
    ["www.example.com", "www.example.com"],
    ["[::1]", "[::1]"],
    // Not valid: shown as it is.
    ["xn--a.com", "xn--a.com"],
    ["xn--9i0fa.com", "xn--9i0fa.com"],
  ])("%s as %s", (host, readable) => {
    expect(readableHost(host)).toBe(readable);
    if (readable !== host) expect(hostnameOf(readable)).toBe(host);
  });
});

describe("the package tr46 is taken", () => {
  const [toASCII, toUnicode] = [() => "", () => ({ domain: "", error: false })];

  test("where it has both functions", () => {
    expect(checkedTr46({ toASCII, toUnicode })).toEqual({ toASCII, toUnicode });
  });

  test.each([[undefined], [null], ["tr46"], [{ toASCII }], [{ toUnicode }], [{}]])(
    "but not where it is %p",
    (loaded) => {
      expect(() => checkedTr46(loaded)).toThrow("install version 6");
    },
  );
});

test("a name is read up to a length that no name has", () => {
  expect(hostnameOf("a".repeat(4_096))).toHaveLength(4_096);
  expect(hostnameOf("a".repeat(4_097))).toBeUndefined();
});

describe("text is composed as Unicode 17.0 does, whichever Unicode Node.js knows", () => {
  test.each([
    ["of old characters alone", "e\u0301", "é"],
    ["new letters", "\u{105d2}\u0307", "\u{105c9}"],
    ["over a mark that stands below", "\u{105d2}\u0316\u0307", "\u{105c9}\u0316"],
    ["in the order of the marks", "\u{105d2}\u0307\u0316", "\u{105c9}\u0316"],
    ["not over a mark of the same place", "\u{105d2}\u0301\u0307", "\u{105d2}\u0301\u0307"],
    ["twice", "\u{1611e}\u{1611e}\u{1611f}", "\u{16126}"],
    ["and taken apart twice before", "\u{16126}", "\u{16126}"],
    ["of two of the same", "\u{16d67}\u{16d67}", "\u{16d68}"],
    ["of three", "\u{16d63}\u{16d67}\u{16d67}", "\u{16d6a}"],
    ["over a new mark below", "e\u{1add}\u0301", "é\u{1add}"],
    ["before a new mark below", "e\u0301\u{1add}", "é\u{1add}"],
    ["not over a new mark above", "e\u0897\u0301", "e\u0897\u0301"],
    ["with a new mark above behind one below", "e\u0897\u0316", "e\u0316\u0897"],
    ["with the last mark at the end", "e\u0345\u0897\u0301", "e\u0897\u0301\u0345"],
    ["with a mark that has no letter", "\u0897\u0301e", "\u0897\u0301e"],
    ["with a mark below that has no letter", "\u0897\u0316", "\u0316\u0897"],
    ["beside syllables of Hangul", "\u1100\u1161\u11a8\u0897", "각\u0897"],
    ["not what only looks like a pair", "\u{1611f}\u{1611e}", "\u{1611f}\u{1611e}"],
    ["letter by letter", "\u{105d2}\u0307e\u0301\u{105da}\u0307", "\u{105c9}é\u{105e4}"],
  ])("%s", (_, text, expected) => {
    expect(composed(text)).toBe(expected);
    expect(composed(expected)).toBe(expected);
  });

  test.each([
    ["e\u0301", true],
    ["e\u0897", false],
    ["\u{105c9}", false],
  ])("%j is left to Node.js: %s", (text, expected) => {
    expect(isNormalizedAlike(text)).toBe(expected);
  });
});

test("what is composed stays as it is where Node.js knows an older Unicode", () => {
  for (const text of [
    "e\u{1add}\u0301",
    "\u{16d63}\u{16d67}\u{16d67}",
    "\u{105d2}\u0316\u0307",
    "a\u{0897}\u0316\u0301",
  ])
    expect(composed(text).normalize("NFC")).toBe(composed(text));
});
