import { readsWhatNextBuildWrites, readsWhatNextResolves } from "./next-build";

describe.each([14, 15, 16] as const)("nextConfig reads what Next.js %i resolves", readsWhatNextResolves);

// All of them, and those of the other versions: full/next-build.
describe("nextConfig reads what a build of Next.js 16 writes down", () => {
  readsWhatNextBuildWrites(16, 1);
});
