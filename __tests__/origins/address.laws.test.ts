import fc from "../fast-check";
import { cases } from "../fast-check";
import { parseAddress } from "../../lib/origins/address";
import { brokenLaw } from "./address-law";

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
    { numRuns: cases(2000) },
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
    { numRuns: cases(3000) },
  );
});

test("a password never stands in what is said of an address", () => {
  const password = fc.string({ minLength: 1 }).map((text) => `s3cret${text}s3cret`);
  fc.assert(
    fc.property(fc.constantFrom("https", "postgres", "ftp"), password, (scheme, secret) => {
      expect(JSON.stringify(parseAddress(`${scheme}://app:${secret}@db.example.com/x`))).not.toContain("s3cret");
    }),
    { numRuns: cases(2000) },
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
