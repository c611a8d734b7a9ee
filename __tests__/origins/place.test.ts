import { comparePlaces, formatPlace, type Place } from "../../lib/origins/finding";
import fc from "../fast-check";

test.each<[Place, string]>([
  [{ file: "environments.ts" }, "environments.ts"],
  [{ file: ".env", line: 3 }, ".env:3"],
  [{ file: ".env", line: 3, key: "SITE_URL" }, ".env:3 SITE_URL"],
  [{ file: "vercel.json", key: "alias" }, "vercel.json alias"],
  [{ file: "next.config.ts", key: "env.SITE_URL", computed: true }, "next.config.ts env.SITE_URL, computed"],
  [{ file: ".env", line: 3, computed: false }, ".env:3"],
  [{ file: "a\u001b[2Jb", line: 1 }, "a\\u{1b}[2Jb:1"],
])("%j is called %s", (place, name) => {
  expect(formatPlace(place)).toBe(name);
});

const at = (value: string, place: Place): { readonly value: string; readonly place: Place } => ({ value, place });

/** In the order in which they come. */
const sorted = [
  at("z", { file: "a" }),
  at("y", { file: "a", key: "A" }),
  at("x", { file: "a", line: 2 }),
  at("x", { file: "a", line: 2, key: "A" }),
  at("y", { file: "a", line: 2, key: "A" }),
  at("a", { file: "a", line: 2, key: "B" }),
  at("a", { file: "a", line: 10 }),
  at("a", { file: "b", line: 1 }),
];

test("addresses come file by file, from the top down, by key and by value", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...sorted], { minLength: sorted.length }), (shuffled) => {
      expect(shuffled.sort(comparePlaces)).toEqual(sorted);
    }),
  );
});

test.each(sorted)("%j comes neither before nor after itself", (one) => {
  expect(comparePlaces(one, { ...one, place: { ...one.place } })).toBe(0);
});
