import { compareGenerated, compareWithoutNext } from "./next-comparison";

/** Of each version. Thousands of them are tried in the long suite. */
const count = 6;

test.each([14, 15, 16] as const)(
  "nextConfig reads what Next.js %i resolves from generated configurations, or refuses what it refuses",
  async (version) => {
    expect(await compareGenerated(version, count)).toEqual([]);
  },
  300_000, // a quarter of a minute where nothing else runs
);

test("and the same from TypeScript where no Next.js is installed, which it says", () => {
  expect(compareWithoutNext(16, 3)).toEqual([]);
});
