import { readsWhatNextBuildWrites } from "../e2e/next-build";

describe.each([14, 15] as const)("nextConfig reads what a build of Next.js %i writes down", readsWhatNextBuildWrites);
