import { AllowList } from "../../lib/origins/allow-list";
import { type WrittenAddress } from "../../lib/origins/finding";
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

describe("entries and addresses of a list are put in order, each once", () => {
  const place = (line: number) => ({ file: ".env", line });
  const [entry] = derived(["www.example.com"]).allowList.entries;
  if (entry === undefined) throw new Error("no entry");
  const { host } = entry;

  test.each([
    ["sources of one entry", [{ host, sources: [at("b", 2), at("a", 1), at("b", 2)] }]],
    [
      "sources of two entries of one host",
      [
        { host, sources: [at("b", 2)] },
        { host, sources: [at("a", 1), at("b", 2)] },
      ],
    ],
  ])("%s", (_, entries) => {
    expect(new AllowList(entries).entries).toEqual([{ host, sources: [at("a", 1), at("b", 2)] }]);
  });

  test("addresses that only Terraform knows", () => {
    const late = [at("b", 2), at("a", 1), at("b", 2)];
    expect(new AllowList([], { late }).late).toEqual([at("a", 1), at("b", 2)]);
  });

  test("a list without options admits what it lists", () => {
    const list = new AllowList([{ host, sources: [at("a", 1)] }]);
    expect({ everything: list.allowAllDomains, late: list.late }).toEqual({ everything: false, late: [] });
  });

  function at(value: string, line: number): WrittenAddress {
    return { value, place: place(line) };
  }
});

test("where all domains are allowed, Genesys is told no entries and every page is admitted", () => {
  const { allowList } = derived(["www.example.com"], { allowAllDomains: true });
  expect(allowList.policy).toEqual({ allowAllDomains: true, allowedDomains: [] });
  expect(allowList.domains).toEqual(["www.example.com"]);
  expect(allowList.admits("anything.test")).toBe(true);
});
