import { readsWhatNextBuildWrites } from "../e2e/next-build";

describe.each([14, 15, 16] as const)("nextConfig reads what a build of Next.js %i writes down", (version) => {
  readsWhatNextBuildWrites(version);
});
