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
    ["https://example.com", "shop.example.com", "an entry admits its subdomains, never the name above it"],
    ["blog.example.com", "shop.example.com", "an entry admits itself and its subdomains, and this is neither"],
    ["notexample.org", undefined, "no entry shares anything with it"],
    ["example.net", undefined, "no entry shares anything with it"],
    ["localhost:3000", undefined, "no entry shares anything with it"],
  ])("%s", (page, nearest, reason) => {
    const explanation = allowList.explain(page);
    if (explanation.admitted) throw new Error(explanation.message);
    expect(explanation.nearest?.host).toBe(nearest);
    expect(explanation.message).toContain(reason);
    expect(explanation.remedy).toContain(`add "${explanation.host ?? ""}"`);
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

  test("a value that is no page address is explained as such", () => {
    const explanation = allowList.explain("https://app:s3cret@www.example.com");
    expect(explanation.admitted).toBe(false);
    expect(explanation.message).toContain("a user or a password");
    expect(JSON.stringify(explanation)).not.toContain("s3cret");
  });
});
