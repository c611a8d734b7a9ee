import fc, { cases } from "../fast-check";
import { policyAdmits } from "../../lib/genesys/host-check";
import { derived } from "./derived";

const listOf = (...values: readonly string[]) => derived(values, { kind: "development" }).allowList;

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
    { numRuns: cases(500) },
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
    { numRuns: cases(2000) },
  );
});
