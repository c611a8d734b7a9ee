import { compareGenerated } from "../e2e/next-comparison";

/** Two thousand a version, in slices: each has its own process of Next.js, which keeps what it has loaded. */
const slices = 10;
const count = 200;
const quarterOfAnHour = 900_000;

const cases = ([14, 15, 16] as const).flatMap((version) =>
  Array.from({ length: slices }, (_, slice) => ({ version, from: slice * count, to: (slice + 1) * count })),
);

test.each(cases)(
  "nextConfig reads what Next.js $version resolves from generated configurations $from to $to, in both phases",
  async ({ version, from }) => {
    const problems = await compareGenerated(version, count, from);
    expect(problems.slice(0, 5).join("\n\n")).toBe("");
  },
  quarterOfAnHour,
);
