import {
  readsWhatAnEnvCmdBuildWrites,
  readsWhatEnvCmdStarts,
  readsWhatNextBuildWrites,
  readsWhatNextResolvesAlone,
} from "../e2e/next-build";

const versions = [14, 15, 16] as const;

describe.each(versions)("nextConfig reads what Next.js %i resolves, in a process for each", (version) => {
  readsWhatNextResolvesAlone(version);
  readsWhatEnvCmdStarts(version);
});

describe.each(versions)("nextConfig reads what a build of Next.js %i writes down", (version) => {
  readsWhatNextBuildWrites(version);
  readsWhatAnEnvCmdBuildWrites(version);
});
