import { readsWhatEnvCmdStarts, readsWhatNextBuildWrites, readsWhatNextResolves } from "./next-build";

// Every shape of every version, in a process for each, and every build: full/next-build.
describe.each([14, 15, 16] as const)("nextConfig reads what Next.js %i resolves", (version) => {
  readsWhatNextResolves(version);
  readsWhatEnvCmdStarts(version, version === 16 ? 3 : 1);
});

describe("nextConfig reads what a build of Next.js 16 writes down", () => {
  readsWhatNextBuildWrites(16, 1);
});
