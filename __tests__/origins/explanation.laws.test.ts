import { AllowList } from "../../lib/origins/allow-list";
import { parseAddress } from "../../lib/origins/address";
import { type AllowedDomain } from "../../lib/origins/listed-domains";
import fc from "../fast-check";
import { cases } from "../fast-check";

const label = fc.constantFrom(
  "www",
  "shop",
  "shpo",
  "pr-1",
  "pr-2",
  "de",
  "example",
  "exmaple",
  "co",
  "uk",
  "com",
  "vercel",
  "app",
);
const host = fc
  .oneof(
    { weight: 20, arbitrary: fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join(".")) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("localhost", "127.0.0.1", "[::1]", "10.0.0.7", "xn--bcher-kva.example.com"),
    },
    { weight: 3, arbitrary: fc.domain() },
  )
  .filter((name) => parseAddress(name).ok);

/** The same page as a person may write it: none of this is part of its host. */
const page = fc
  .tuple(host, fc.constantFrom("", "http://", "https://", "HTTPS://"), fc.constantFrom("", ":8443"), fc.boolean())
  .map(
    ([name, scheme, port, loud]) =>
      `${scheme}${loud ? name.toUpperCase() : name}${port}${scheme === "" ? "" : "/a?b#c"}`,
  );

function entry(value: string): AllowedDomain {
  const parsed = parseAddress(value);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return { host: parsed.address.host, sources: [{ value, place: { file: ".env", line: 1 } }] };
}

const list = fc
  .tuple(fc.array(host, { maxLength: 8 }), fc.boolean())
  .map(([hosts, all]) => new AllowList(hosts.map(entry), { allowAllDomains: all && hosts.length === 0 }));

test("an explanation says of every page what the list says of its host", () => {
  fc.assert(
    fc.property(list, page, (allowList, written) => {
      const parsed = parseAddress(written);
      if (!parsed.ok) throw new Error(parsed.problem.message);
      const explanation = allowList.explain(written);
      expect(explanation.host).toBe(parsed.address.host);
      expect(explanation.admitted).toBe(allowList.admits(parsed.address.host));
    }),
    { numRuns: cases(5000) },
  );
});

test("what it says to add admits the page once it is added, and so does the name above it and the nearest entry", () => {
  fc.assert(
    fc.property(list, page, (allowList, written) => {
      const explanation = allowList.explain(written);
      if (explanation.admitted) return;
      const { missing, parent, nearest, relation } = explanation;
      if (missing === undefined) throw new Error(explanation.message);
      const withEntry = (name: string): AllowList => new AllowList([...allowList.entries, entry(name)]);
      expect(withEntry(missing).explain(written)).toMatchObject({ admitted: true, by: "entry" });
      expect(explanation.remedy).toContain(`"${missing}"`);
      expect(relation === "sibling").toBe(parent !== undefined);
      if (parent !== undefined) {
        expect(withEntry(parent).explain(written)).toMatchObject({ admitted: true });
        expect(new AllowList([entry(parent)]).admits(nearest?.host ?? "")).toBe(true);
      }
      if (nearest !== undefined) expect(allowList.admits(nearest.host)).toBe(true);
    }),
    { numRuns: cases(5000) },
  );
});

describe("what it says of a spelling is what the list says of location.hostname", () => {
  const names = [
    "example.com",
    "shop.example.com",
    "xn--mnchen-3ya.example.com",
    "203.0.113.7",
    "127.0.0.1",
    "[::1]",
    "localhost",
  ];
  const lists = names.map((name) => new AllowList([entry(name)]));

  function expectAgreement(written: string): void {
    const url = `https://${written}/`;
    if (!URL.canParse(url) || !parseAddress(url).ok) return;
    const { hostname } = new URL(url);
    for (const allowList of lists) {
      for (const asked of [url, written]) {
        if (!parseAddress(asked).ok) continue;
        expect([asked, allowList.explain(asked).admitted]).toEqual([asked, allowList.admits(hostname)]);
      }
    }
  }

  test.each([
    ["https://203.0.113.7./", "203.0.113.7", true],
    ["203.0.113.7。", "203.0.113.7", true],
    ["example.com。", "example.com", false],
    ["example.com%2E", "example.com", false],
    ["example.com%E3%80%82", "example.com", false],
    ["https://example.com．/x", "example.com", false],
    ["example.com.", "example.com", false],
    ["0xcb.0x00.0x71.0x07.", "203.0.113.7", true],
    ["EXAMPLE。com", "example.com", true],
  ])("%s in a list of %s: %s", (written, host, admitted) => {
    expect(new AllowList([entry(host)]).explain(written).admitted).toBe(admitted);
    expectAgreement(written.replace(/^https:\/\/|\/x?$/g, ""));
  });

  test("for generated spellings", () => {
    const dot = fc.constantFrom(".", ".", ".", "。", "．", "｡", "%2E", "%2e", "%E3%80%82");
    const letter = (character: string): fc.Arbitrary<string> =>
      fc.constantFrom(
        character,
        character,
        character,
        character.toUpperCase(),
        /[a-z0-9]/.test(character) ? String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0) : character,
        `%${(character.codePointAt(0) ?? 0).toString(16)}`,
        `\u00ad${character}`,
      );
    const spelled = (name: string): fc.Arbitrary<string> =>
      fc
        .tuple(...Array.from(name, (character) => (character === "." ? dot : letter(character))))
        .map((all) => all.join(""));
    const last = fc.constantFrom("", "", ".", "。", "．", "｡", "%2E", "%ef%bc%8e", ".\u00ad", "\u00ad", "..");
    const spelling = fc
      .constantFrom(
        "example.com",
        "shop.example.com",
        "a.example.com",
        "203.0.113.7",
        "127.0.0.1",
        "localhost",
        "example.org",
      )
      .chain((name) => fc.tuple(fc.oneof(fc.constant(name), spelled(name)), last))
      .map((parts) => parts.join(""));
    fc.assert(fc.property(spelling, expectAgreement), { numRuns: cases(3000) });
  });
});
