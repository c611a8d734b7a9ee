import fc from "fast-check";
import { parseAddress } from "../../lib/origins";

const words = `https:// http:// HTTP:// ftp:// :// // www. example.com localhost 127.0.0.1 0x7f.1 [::1] ::1 *. ** vercel.app co.uk
  xn-- xn--mnchen-3ya \${HOST} $HOST {{host}} <host> user:pass@ :3000 :99999 /shop ?q=1 #top .. .com %2e %00 undefined
  münchen EXAMPLE null .env.production C:\\ 1.2.3.256 256 4294967296 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa`;

/** Pieces of which addresses, and what people mistake for them, are made. */
const pieces = [
  ...Array.from("abcxyzABZ0179.-_:/\\?#@*$%[]{}<>,; \t\n'\"`~^|&=+!()\u0000\u00a0\u200b\u00adüßİ。．例😀\ud800"),
  ...words.split(/\s+/),
];

/** Jest makes every look at a global of the language slow. */
const { floor, imul } = Math;

/** A small seeded generator (mulberry32): the same million strings in every run, at almost no cost. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const hostShape = /^(?:\[[0-9a-f:]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/;

/** Every law of a parsed host at once; cheap enough for a million values. */
function brokenLaw(value: string): string | undefined {
  const parsed = parseAddress(value);
  if (!parsed.ok) {
    const { message, remedy } = parsed.problem;
    return message.startsWith('"') && remedy !== "" ? undefined : "a refusal quotes the value and has a remedy";
  }
  const { host } = parsed.address;
  if (!hostShape.test(host)) return "no upper case, scheme, port, slash, leading or trailing dot";
  if (host.length > 253) return "no name over 253 octets";
  const again = parseAddress(host);
  return again.ok && again.address.host === host ? undefined : "parsing is idempotent";
}

test("one million random strings parse without a crash, and the hosts among them keep every law", () => {
  const next = random(20_261_122);
  const broken: string[] = [];
  let accepted = 0;
  for (let count = 0; count < 1_000_000; count++) {
    let value = "";
    for (let length = floor(next() * 7); length >= 0; length--) {
      value += pieces[floor(next() * pieces.length)] ?? "";
    }
    const law = brokenLaw(value);
    if (law !== undefined) broken.push(`${JSON.stringify(value)}: ${law}`);
    if (count % 100 === 0 && parseAddress(value).ok) accepted++;
  }
  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(500);
});

test.each([
  ["any text", fc.string({ unit: "binary" })],
  ["URLs", fc.webUrl({ withFragments: true, withQueryParameters: true, validSchemes: ["http", "https", "ftp"] })],
  [
    "authorities",
    fc.webAuthority({ withPort: true, withUserInfo: true, withIPv4: true, withIPv4Extended: true, withIPv6: true }),
  ],
])("the laws of a parsed host hold for %s", (_, values) => {
  fc.assert(
    fc.property(values, (value) => {
      expect(brokenLaw(value)).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});

test("the host of every http(s) URL without a user is the browser's, or the URL is refused for what no host of DNS has", () => {
  const urls = fc.webUrl({ authoritySettings: { withPort: true, withIPv4Extended: true, withIPv6: true } });
  fc.assert(
    fc.property(urls, (url) => {
      const parsed = parseAddress(url);
      const { hostname } = new URL(url);
      if (parsed.ok) expect(parsed.address.host).toBe(hostname.replace(/\.$/, ""));
      else expect(parsed.problem.message).toMatch(/octets|in its host|placeholder|several|env file/);
    }),
    { numRuns: 3000 },
  );
});

test("a password never stands in what is said of an address", () => {
  const password = fc.string({ minLength: 1 }).map((text) => `s3cret${text}s3cret`);
  fc.assert(
    fc.property(fc.constantFrom("https", "postgres", "ftp"), password, (scheme, secret) => {
      expect(JSON.stringify(parseAddress(`${scheme}://app:${secret}@db.example.com/x`))).not.toContain("s3cret");
    }),
    { numRuns: 2000 },
  );
});

test.each([
  "a",
  "a.",
  "a-",
  ":",
  "@",
  "<",
  "{{",
  "$",
  "%a",
  "/.env",
  "[",
  "https://[",
  "*.",
  "?",
  "xn--",
  "a:",
  "ü",
  "\u202e",
])("a hundred thousand times %j is refused at once: no pattern backtracks", (piece) => {
  const started = performance.now();
  expect(parseAddress(`${piece.repeat(100_000)}!`).ok).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});
