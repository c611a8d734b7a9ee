import fc from "../fast-check";
import { policyAdmits } from "../../lib/genesys/host-check";
import { derived } from "./derived";

const listOf = (...values: readonly string[]) => derived(values, { kind: "development" }).allowList;

describe("an entry admits its host and every subdomain, as the Messenger decides it", () => {
  test.each([
    ["example.com", "example.com", true],
    ["example.com", "shop.example.com", true],
    ["example.com", "a.b.shop.example.com", true],
    ["example.com", "Shop.EXAMPLE.com", true],
    ["example.com", "notexample.com", false],
    ["example.com", "example.com.evil.test", false],
    ["example.com", "com", false],
    ["example.com", "example.com.", false],
    ["example.com", "", false],
    ["www.example.com", "example.com", false],
    ["localhost:3000", "localhost", true],
    ["localhost", "127.0.0.1", false],
    ["[::1]:3000", "[::1]", true],
    ["münchen.example.com", "xn--mnchen-3ya.example.com", true],
  ])("%s admits %s: %s", (entry, host, admitted) => {
    expect(listOf(entry).admits(host)).toBe(admitted);
  });
});

/** Any plain label; one that starts with "xn--" would have to be punycode, which the laws of addresses look at. */
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/).filter((text) => !text.startsWith("xn--"));
const host = fc
  .tuple(
    fc.array(label, { maxLength: 3 }),
    fc.constantFrom("example.com", "example.org", "shop.example.com", "localhost"),
  )
  .map(([labels, parent]) => [...labels, parent].join("."));

test("it admits every host that it was derived from, every subdomain of it, and nothing else", () => {
  const hosts = fc.array(host, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(hosts, label, fc.array(host), (given, below, others) => {
      const list = listOf(...given);
      for (const each of given) expect([list.admits(each), list.admits(`${below}.${each}`)]).toEqual([true, true]);
      for (const other of others) {
        expect(list.admits(other)).toBe(given.some((each) => other === each || other.endsWith(`.${each}`)));
      }
    }),
    { numRuns: 500 },
  );
});

test("it decides any text as the loader's own check decides it", () => {
  const texts = fc.oneof(
    fc.string(),
    host,
    host.map((each) => `.${each}`),
    host.map((each) => `${each.toUpperCase()}.`),
  );
  fc.assert(
    fc.property(fc.array(host, { maxLength: 5 }), texts, fc.boolean(), (given, text, allowAllDomains) => {
      const { allowList } = derived(given, { kind: "development", allowAllDomains });
      expect(allowList.admits(text)).toBe(policyAdmits(allowList.policy, text));
    }),
    { numRuns: 2000 },
  );
});

test("where all domains are allowed, Genesys is told no entries and every page is admitted", () => {
  const { allowList } = derived(["www.example.com"], { allowAllDomains: true });
  expect(allowList.policy).toEqual({ allowAllDomains: true, allowedDomains: [] });
  expect(allowList.domains).toEqual(["www.example.com"]);
  expect(allowList.admits("anything.test")).toBe(true);
});
