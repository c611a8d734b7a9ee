import { AllowList } from "../../lib/origins/allow-list";
import { derived } from "./derived";

const { allowList } = derived(["https://www.example.com", "https://shop.example.com/de", "https://example.org"]);

describe("an explanation names the entry that admits a page, and who wrote it", () => {
  test.each([
    ["www.example.com", "entry", '"www.example.com" is admitted by its own entry, which .env:1 SITE_URL wrote'],
    [
      "https://pr-7.shop.example.com:8443/cart",
      "parent",
      '"pr-7.shop.example.com" is admitted by the entry "shop.example.com", which .env:2 SITE_URL wrote: an entry admits every subdomain',
    ],
  ])("%s", (page, by, message) => {
    expect(allowList.explain(page)).toMatchObject({ admitted: true, by, message });
  });

  test("or that nothing did", () => {
    const [entry] = allowList.entries;
    const byHand = new AllowList(entry === undefined ? [] : [{ ...entry, sources: [] }]);
    expect(byHand.explain(entry?.host ?? "").message).toMatch(/ is admitted by its own entry, which nothing wrote$/);
  });

  test("and how many other places wrote it", () => {
    const { message } = derived(["www.example.com", "https://www.example.com/shop"]).allowList.explain(
      "www.example.com",
    );
    expect(message).toContain(".env:1 SITE_URL and 1 more");
  });

  test("or that every page is admitted", () => {
    const everything = derived([], { allowAllDomains: true }).allowList.explain("www.example.com");
    expect(everything).toMatchObject({ admitted: true, by: "everything" });
  });
});

describe("where a page is not admitted, it names the nearest entry and the one that would admit it", () => {
  test.each([
    ["https://example.com", "www.example.com", "the www. is missing"],
    ["blog.example.com", "shop.example.com", "an entry admits only its own host and its subdomains"],
    ["wwww.example.com", "www.example.com", "it is spelled differently"],
    ["pr-7.shpo.example.com", "shop.example.com", "it is spelled differently"],
    ["wwwexample.com", "www.example.com", "it is spelled differently"],
    ["notexample.org", undefined, "no entry is similar to it"],
    ["example.net", undefined, "no entry is similar to it"],
    ["localhost:3000", undefined, "no entry is similar to it"],
  ])("%s", (page, nearest, reason) => {
    const explanation = allowList.explain(page);
    if (explanation.admitted) throw new Error(explanation.message);
    expect(explanation.nearest?.host).toBe(nearest);
    expect(explanation.message).toContain(reason);
    expect(explanation.remedy).toContain(`add "${explanation.host ?? ""}"`);
  });

  test.each([
    ["example.com", "shop.example.com", { relation: "above" }],
    ["example.com", "www.example.com", { relation: "www" }],
    ["blog.example.com", "shop.example.com", { relation: "sibling", parent: "example.com" }],
    ["eu.blog.example.co.uk", "shop.example.co.uk", { relation: "sibling", parent: "example.co.uk" }],
    ["shpo.example.com", "shop.example.com", { relation: "typo" }],
    ["www.exmaple.com", "www.example.com", { relation: "typo" }],
    ["www.example.con", "www.example.com", { relation: "typo" }],
    // Two countries, two numbers: two pages, and no slip of a finger.
    ["fr.example.com", "de.example.com", { relation: "sibling" }],
    ["stage2.example.com", "stage1.example.com", { relation: "sibling" }],
  ])("%s beside %s", (page, entry, nearest) => {
    const explanation = derived([entry]).allowList.explain(page);
    expect(explanation).toMatchObject({ admitted: false, missing: page, nearest: { host: entry }, ...nearest });
  });

  test.each([
    ["blog.vercel.app", "shop.vercel.app"],
    ["fr.example", "de.example"],
    ["10.0.0.1", "10.0.0.2"],
    ["example.org", "example.net"],
  ])("strangers are not near: %s and %s", (page, entry) => {
    expect(derived([entry], { kind: "development" }).allowList.explain(page)).not.toHaveProperty("nearest");
  });

  test.each<[page: string, entries: readonly string[], nearest: string | undefined, relation: string | undefined]>([
    ["localhost:3000", ["127.0.0.1"], "127.0.0.1", "local"],
    ["localhost:3000", ["[::1]"], "[::1]", "local"],
    ["[::1]", ["localhost"], "localhost", "local"],
    ["127.0.0.1", ["app.localhost", "127.0.0.10", "localhost.example.com"], undefined, undefined],
    ["ww.example.com", ["shop.example.com", "www.example.com"], "www.example.com", "typo"],
    ["shpo.example.com", ["shp.example.com", "shop.example.com"], "shop.example.com", "typo"],
    ["shpoo.example.com", ["shopes.example.com", "shpo.example.com"], "shpo.example.com", "typo"],
    ["shpoo.example.com", ["shpo.example.com", "shopes.example.com"], "shpo.example.com", "typo"],
    ["shopping.example.com", ["shoopign.example.com"], "shoopign.example.com", "typo"],
    ["shops.example.com", ["ships2.example.com"], "ships2.example.com", "typo"],
    ["shops.example.com", ["shxys.example.com"], "shxys.example.com", "typo"],
    ["shop.example.com", ["shxy.example.com"], "shxy.example.com", "sibling"],
    ["ab.example.com", ["a.example.com"], "a.example.com", "sibling"],
    ["abc.example.com", ["ab.example.com"], "ab.example.com", "typo"],
    ["pr-7.shop.exampel.com", ["shop.example.com"], "shop.example.com", "typo"],
    ["shpo.exampel.com", ["shop.example.com"], undefined, undefined],
    ["shop.exam.ple.com", ["shop.example.com"], "shop.example.com", "typo"],
    ["sho.pexample.com", ["shop.example.com"], undefined, undefined],
    ["shop.com", ["a.b.c.shpo.com"], undefined, undefined],
    ["shop.com", ["shop.co.uk"], undefined, undefined],
    ["a.b.example.com", ["x.b.example.com", "c.example.com"], "x.b.example.com", "sibling"],
    ["a.b.example.com", ["c.example.com", "xyz.b.example.com"], "xyz.b.example.com", "sibling"],
    ["a.example.com", ["one.example.com", "two.example.com"], "one.example.com", "sibling"],
  ])("of all entries the nearest: %s beside %j", (page, entries, nearest, relation) => {
    const explanation = derived(entries, { kind: "development" }).allowList.explain(page);
    if (explanation.admitted) throw new Error(explanation.message);
    expect([explanation.nearest?.host, explanation.relation]).toEqual([nearest, relation]);
  });

  test("a refusal has no more than it can say", () => {
    const late = [{ value: "the shop's domain", place: { file: "environments.ts", line: 7 } }];
    const known = ["admitted", "host", "late", "message", "missing", "nearest", "relation", "remedy"];
    expect(Object.keys(allowList.explain("example.com")).sort()).toEqual(known);
    expect(allowList.explain("example.net").message).toBe('"example.net" is not admitted: no entry is similar to it');
    expect(derived([], { late }).allowList.explain("example.com").message).toBe(
      '"example.com" is not admitted: no entry is known yet, unless it is one of the addresses known at apply: the shop\'s domain (environments.ts:7)',
    );
    expect(allowList.explain("www.example.com.")).toMatchObject({ late: [] });
    expect(allowList.explain("exam ple.com")).toMatchObject({ late: [] });
  });

  test("what is known at apply may admit it", () => {
    const late = [{ value: "the shop's domain", place: { file: "environments.ts", line: 7 } }];
    const explanation = derived(["www.example.com"], { late }).allowList.explain("shop.example.com");
    expect(explanation).toMatchObject({ admitted: false, late });
    expect(explanation.message).toContain("known at apply: the shop's domain (environments.ts:7)");
  });

  test("localhost and 127.0.0.1 are two hosts, and the one reminds of the other", () => {
    const local = derived(["localhost"], { kind: "development" }).allowList;
    expect(local.explain("http://127.0.0.1:3000")).toMatchObject({ admitted: false, nearest: { host: "localhost" } });
  });

  test("an empty list blocks every page", () => {
    expect(derived([]).allowList.explain("www.example.com").message).toContain(
      "the list is empty, which blocks every page",
    );
  });

  test("a page opened with a final dot is another host to the browser", () => {
    expect(allowList.explain("https://www.example.com./")).toMatchObject({
      admitted: false,
      remedy: 'open the page as "www.example.com"',
    });
    expect(allowList.admits("www.example.com.")).toBe(false);
  });

  test("a value that is not a page address is explained as such", () => {
    const explanation = allowList.explain("https://app:s3cret@www.example.com");
    expect(explanation.admitted).toBe(false);
    expect(explanation.message).toContain("contains a user name or password");
    expect(JSON.stringify(explanation)).not.toContain("s3cret");
  });
});
