import { compareGenerated, compareWithoutNext } from "./next-comparison";

/** Thousands of them are tried in the long suite. */
const count = 20;

test.each([14, 15, 16] as const)(
  "nextConfig reads what Next.js %i resolves from generated configurations, or refuses what it refuses",
  async (version) => {
    expect(await compareGenerated(version, count)).toEqual([]);
  },
);

test("and the same from TypeScript where no Next.js is installed, which it says", () => {
  expect(compareWithoutNext(16, count / 2)).toEqual([]);
});
