import fc from "../fast-check";
import { cases } from "../fast-check";
import { deriveAllowList } from "../../lib/origins/derive";
import { environmentKinds } from "../../lib/origins/rule";
import { derived } from "./derived";

const addresses = fc.constantFrom(
  ..."https://www.example.com https://shop.example.com:8443/x http://example.org localhost:3000 *.example.net".split(
    " ",
  ),
  ..."shop.vercel.app vercel.app 10.0.0.1 intranet ftp://x münchen.example.com https://a:b@example.com [::1]".split(
    " ",
  ),
);

test("order and repetition of the input change nothing, findings included", () => {
  const places = fc.record({
    value: addresses,
    place: fc.record({ file: fc.constantFrom("a", "b"), line: fc.nat(3) }),
  });
  const shuffled = fc.array(places).chain((list) => {
    const doubled = [...list, ...list.slice(0, 3)];
    return fc.tuple(fc.constant(list), fc.shuffledSubarray(doubled, { minLength: doubled.length }));
  });
  fc.assert(
    fc.property(fc.constantFrom(...environmentKinds), shuffled, (kind, [list, other]) => {
      expect(deriveAllowList({ kind, written: other })).toEqual(deriveAllowList({ kind, written: list }));
    }),
    { numRuns: cases(500) },
  );
});

test("a hundred environments of a hundred addresses take milliseconds each", () => {
  const started = performance.now();
  for (let environment = 0; environment < 100; environment++) {
    const values = Array.from({ length: 100 }, (_, n) => `https://shop-${n}.env-${environment}.example.com/x`);
    expect(derived(values).allowList.domains).toHaveLength(100);
  }
  expect((performance.now() - started) / 100).toBeLessThan(20);
});
