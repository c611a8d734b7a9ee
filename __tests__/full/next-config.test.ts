import { compareGenerated } from "../e2e/next-comparison";

const count = 2_000;
const hour = 3_600_000;

test.each([14, 15, 16] as const)(
  "nextConfig reads what Next.js %i resolves from two thousand generated configurations, in both phases",
  async (version) => {
    const problems = await compareGenerated(version, count);
    expect(problems.slice(0, 5).join("\n\n")).toBe("");
  },
  hour,
);
