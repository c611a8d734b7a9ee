import { readsWhatNextBuildWrites, readsWhatNextResolves } from "./next-build";

describe.each([14, 15, 16] as const)("nextConfig reads what Next.js %i resolves", readsWhatNextResolves);

// The other versions' builds belong to npm run test:full.
describe("nextConfig reads what a build of Next.js 16 writes down", () => {
  readsWhatNextBuildWrites(16);
});
