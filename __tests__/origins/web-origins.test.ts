import { parseAddress } from "../../lib/origins/address";
import { webOrigin, webOrigins } from "../../lib/origins/web-origins";
import { derived } from "./derived";

describe("the web origin of a page", () => {
  test.each([
    ["https://www.example.com", "https://www.example.com"],
    ["https://www.example.com/shop?a=1#b", "https://www.example.com"],
    ["www.example.com", "https://www.example.com"],
    ["www.example.com:8443", "https://www.example.com:8443"],
    ["www.example.com:443", "https://www.example.com"],
    ["www.example.com:80", "https://www.example.com:80"],
    ["HTTP://WWW.Example.com:80/", "http://www.example.com"],
    ["http://www.example.com:443", "http://www.example.com:443"],
    ["https://www.münchen.example.com.", "https://www.xn--mnchen-3ya.example.com"],
    ["localhost:3000", "http://localhost:3000"],
    ["localhost", "http://localhost"],
    ["shop.localhost:3000", "http://shop.localhost:3000"],
    ["https://localhost:3000", "https://localhost:3000"],
    ["127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["[::1]:3000", "http://[::1]:3000"],
    ["192.168.0.7:3000", "https://192.168.0.7:3000"],
    ["*.example.com", undefined],
    ["https://*.example.com", undefined],
  ])("of %s is %s", (address, origin) => {
    const parsed = parseAddress(address);
    expect(parsed.ok && webOrigin(parsed.address)).toBe(origin);
    if (origin !== undefined) expect(new URL(origin).origin).toBe(origin);
  });
});

describe("the web origins of an environment", () => {
  const originsOf = (values: readonly string[], input: Parameters<typeof derived>[1] = {}) =>
    webOrigins(derived(values, input).allowList);

  test("are sorted, each once, with every source", () => {
    const { values, entries, findings } = originsOf([
      "https://www.example.com/de",
      "https://shop.example.com",
      "www.example.com",
      "https://www.example.com:8443",
    ]);
    expect(values).toEqual(["https://shop.example.com", "https://www.example.com", "https://www.example.com:8443"]);
    expect(entries.map(({ sources }) => sources.map(({ place }) => place.line))).toEqual([[2], [1, 3], [4]]);
    expect(findings).toEqual([]);
  });

  test("do not contain what a rule refuses", () => {
    expect(originsOf(["https://www.example.com", "http://localhost:3000", "not a page"]).values).toEqual([
      "https://www.example.com",
    ]);
  });

  test("show no secret of an address", () => {
    const { entries } = originsOf(["https://www.example.com/?token=s3cr3t"]);
    expect(JSON.stringify(entries)).not.toContain("s3cr3t");
    expect(entries.map(({ origin }) => origin)).toEqual(["https://www.example.com"]);
  });

  test("leave out wildcards, and say so where the list does not", () => {
    const { values, findings } = originsOf(["*.preview.example.com", "preview.example.com"], { kind: "preview" });
    expect(values).toEqual(["https://preview.example.com"]);
    expect(findings).toMatchObject([
      { rule: "exact-origin", severity: "warning", value: "*.preview.example.com", place: { line: 1 } },
    ]);
  });

  test("leave out what only Terraform knows", () => {
    const late = [{ value: "the tenant's domain", place: { file: "main.ts", line: 3 } }];
    const { values, findings } = originsOf(["https://www.example.com"], { late });
    expect(values).toEqual(["https://www.example.com"]);
    expect(findings).toMatchObject([{ rule: "exact-origin", value: "the tenant's domain", place: { line: 3 } }]);
  });

  test("cannot be told where all domains are allowed", () => {
    const { values, findings } = originsOf([], { allowAllDomains: true });
    expect(values).toEqual([]);
    expect(findings).toMatchObject([
      { rule: "exact-origin", message: expect.stringContaining("every page") as string },
    ]);
  });
});
