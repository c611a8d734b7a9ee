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

test("where all domains are allowed, Genesys is told no entries and every page is admitted", () => {
  const { allowList } = derived(["www.example.com"], { allowAllDomains: true });
  expect(allowList.policy).toEqual({ allowAllDomains: true, allowedDomains: [] });
  expect(allowList.domains).toEqual(["www.example.com"]);
  expect(allowList.admits("anything.test")).toBe(true);
});
