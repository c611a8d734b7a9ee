import { derived } from "./derived";

const hosts = ["example.org", "shop.example.com", "www.example.com"];
const { allowList } = derived(hosts);

/** Each difference as "kind: message". */
function differences(...allowedDomains: readonly string[]): string[] {
  return allowList
    .diff({ allowAllDomains: false, allowedDomains })
    .differences.map((each) => `${each.kind}: ${each.message}`);
}

test("the same entries in the same order are equal", () => {
  expect(allowList.diff({ allowAllDomains: false, allowedDomains: hosts })).toEqual({
    equal: true,
    missing: [],
    unexpected: [],
    blocked: [],
    differences: [],
  });
});

describe("each difference says what it means for a visitor", () => {
  test("a host that was removed is blocked", () => {
    expect(differences("example.org", "shop.example.com")).toEqual([
      'missing: "www.example.com" is missing: pages there are now blocked: visitors see no Messenger, and the page shows no error',
    ]);
  });

  test("unless another live entry admits it", () => {
    expect(differences("example.com", "example.org")).toEqual([
      'unexpected: "example.com" is unexpected: a page there, or on a subdomain of it, can also show the Messenger',
      'missing: "shop.example.com" is missing: a page there still shows the Messenger, because "example.com" admits it as a subdomain',
      'missing: "www.example.com" is missing: a page there still shows the Messenger, because "example.com" admits it as a subdomain',
    ]);
  });

  test.each([
    ["stranger.test", "a page there, or on a subdomain of it, can also show the Messenger"],
    ["vercel.app", "every site under vercel.app, no matter who runs it, can also show the Messenger"],
    ["203.0.113.7", "a page at that address can also show the Messenger"],
    ["a.www.example.com", 'visitors see no difference, because "www.example.com" admits it anyway'],
  ])("%s was added", (entry, meaning) => {
    expect(differences(...hosts, entry)).toEqual([`unexpected: "${entry}" is unexpected: ${meaning}`]);
  });

  test.each([
    ["https://blog.example.com", 'needs the entry "blog.example.com"'],
    ["blog.example.com:8443", 'needs the entry "blog.example.com"'],
    ["*.example.com", 'needs the entry "example.com"'],
    [".example.com", 'needs the entry "example.com"'],
    ["blog.example.com/", 'needs the entry "blog.example.com"'],
    ["blog.example.com.", 'needs the entry "blog.example.com"'],
    ["münchen.example.com", 'needs the entry "xn--mnchen-3ya.example.com"'],
    ["a b", "can never match"],
    ["", "can never match"],
  ])("%j can never match", (entry, meaning) => {
    const [difference, ...others] = differences(...hosts, entry);
    expect(difference).toMatch(/^malformed: /);
    expect(difference).toContain(meaning);
    expect(others).toEqual([]);
  });

  test("an empty list blocks every page, said once", () => {
    const difference = allowList.diff({ allowAllDomains: false, allowedDomains: [] });
    expect(difference).toMatchObject({ equal: false, missing: hosts, blocked: hosts });
    expect(difference.differences.map(({ kind }) => kind)).toStrictEqual(["everything-blocked"]);
    expect(difference.differences[0]?.message).toContain('"example.org", "shop.example.com", "www.example.com"');
  });

  test("all domains allowed admits any site of the web", () => {
    const difference = allowList.diff({ allowAllDomains: true, allowedDomains: [] });
    expect(difference).toMatchObject({ equal: false, missing: [], unexpected: [], blocked: [] });
    expect(difference.differences).toEqual([
      { kind: "everything-allowed", message: "all domains are allowed: any website can show the Messenger" },
    ]);
  });

  test("a list where all domains should be allowed blocks the rest of the web", () => {
    const everything = derived([], { allowAllDomains: true }).allowList;
    expect(everything.diff({ allowAllDomains: true, allowedDomains: [] }).equal).toBe(true);
    expect(everything.diff({ allowAllDomains: false, allowedDomains: ["example.org"] }).differences).toEqual([
      {
        kind: "restricted",
        message: 'not all domains are allowed: the Messenger is only shown on pages of "example.org"',
      },
    ]);
    expect(everything.diff({ allowAllDomains: false, allowedDomains: [] }).differences).toMatchObject([
      { kind: "everything-blocked" },
    ]);
  });

  test.each([
    ["order", ["www.example.com", "example.org", "shop.example.com"]],
    ["repeated", [...hosts, "example.org"]],
    ["spelling", ["example.org", "shop.example.com", "WWW.example.com"]],
  ])("%s: visitors see no difference, but Terraform does", (kind, live) => {
    const difference = allowList.diff({ allowAllDomains: false, allowedDomains: live });
    expect(difference).toMatchObject({ equal: false, missing: [], unexpected: [], blocked: [] });
    expect(difference.differences.map((each) => each.kind)).toEqual([kind]);
    expect(difference.differences[0]?.message).toMatch(/visitors see no difference, .*Terraform/);
  });
});

describe("what else may be said of a list", () => {
  const late = [
    { value: "the shop's domain", place: { file: "environments.ts", line: 7 } },
    { value: "the blog's domain", place: { file: "environments.ts", line: 8 } },
  ];
  const empty = { allowAllDomains: false, allowedDomains: [] };

  test("what only Terraform knows may be what is live", () => {
    const list = derived(hosts, { late }).allowList;
    const [difference] = list.diff({ allowAllDomains: false, allowedDomains: [...hosts, "stranger.test"] }).differences;
    expect(difference?.message).toBe(
      "\"stranger.test\" is unexpected, unless the shop's domain or the blog's domain stands for it: a page there, or on a subdomain of it, can also show the Messenger",
    );
  });

  test.each([
    ["where all should be", derived([], { allowAllDomains: true }).allowList],
    ["where all should be, beside addresses", derived(hosts, { allowAllDomains: true }).allowList],
    ["where only Terraform knows which", derived([], { late }).allowList],
  ])("an empty list blocks every page: %s", (_, list) => {
    expect(list.diff(empty).differences.map(({ message }) => message)).toEqual([
      "the list is empty: the Messenger is blocked on every page, and the pages show no error",
    ]);
  });

  test("an empty list is what an empty list should be", () => {
    expect(derived([]).allowList.diff(empty)).toMatchObject({ equal: true, differences: [] });
  });

  test.each([
    [["a.org", "b.org", "c.org"], '"a.org", "b.org", "c.org"'],
    [["a.org", "b.org", "c.org", "d.org"], '"a.org", "b.org", "c.org" and 1 more'],
  ])("three entries are named at most: %j", (allowedDomains, named) => {
    const { differences: found } = derived([], { allowAllDomains: true }).allowList.diff({
      allowAllDomains: false,
      allowedDomains,
    });
    expect(found[0]?.message).toBe(`not all domains are allowed: the Messenger is only shown on pages of ${named}`);
  });

  test("of two spellings of an entry, the first is said to admit a host", () => {
    const list = derived(["www.example.com"]).allowList;
    const { differences: found } = list.diff({
      allowAllDomains: false,
      allowedDomains: ["Example.com", "example.com"],
    });
    expect(found.find(({ kind }) => kind === "missing")?.message).toContain('because "Example.com" admits it');
  });

  test("an order is another one although some entries stand in their places", () => {
    expect(differences("example.org", "www.example.com", "shop.example.com")).toEqual([
      "order: the entries are in a different order: visitors see no difference, but Terraform counts it as a change",
    ]);
  });
});
