/** One transform for both projects: @swc/jest only strips types, the type check is a step of its own. */
const common = {
  testEnvironment: "node",
  testEnvironmentOptions: { globalsCleanup: "on" },
  moduleNameMapper: { "^genesys-cloud-sandbox$": "<rootDir>/packages/sandbox/lib/index.ts" },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: [
    "<rootDir>/dist/",
    "<rootDir>/packages/sandbox/dist/",
    "<rootDir>/reports/",
    "<rootDir>/cdktf.out/",
    "<rootDir>/.sandbox/",
  ],
};

/** The tests of the library, and those of the packages beside it. */
const tests = "<rootDir>/{__tests__,packages/*/__tests__}";

/**
 * What takes its time: real programs from end to end, tests that start a process or ask a server in the shape of another's a
 * hundred times, and laws that are tried on thousands of inputs. The unit tests are everything else, and a matter of seconds.
 */
const long = ["<rootDir>/__tests__/e2e/**/*.test.ts", `${tests}/**/*.{laws,process,server}.test.ts`];

/** The same source on the other core: scripts/build.mjs publishes what these tests run. */
const onCdktn = {
  "^cdktf$": "cdktn",
  "^@cdktf/provider-genesyscloud/lib/(.*)$": "@cdktf/provider-genesyscloud/cdktn/$1",
};

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2, // Terraform and Next.js run beside the tests
  testTimeout: 120_000, // real programs, on machines that do other things as well (jest does not read it from a project)
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: [`${tests}/**/*.test.ts`],
      testPathIgnorePatterns: [
        "/node_modules/",
        "<rootDir>/__tests__/(e2e|full)/",
        "\\.(laws|process|server)\\.test\\.ts$",
      ],
    },
    {
      ...common,
      displayName: "cdktn",
      testMatch: ["<rootDir>/__tests__/{messenger,testing,recipes}/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "\\.process\\.test\\.ts$"], // each says itself which core its processes load
      moduleNameMapper: { ...common.moduleNameMapper, ...onCdktn },
    },
    {
      ...common,
      displayName: "e2e",
      testMatch: long,
    },
    {
      ...common,
      displayName: "full",
      testMatch: ["<rootDir>/__tests__/full/**/*.test.ts"],
    },
  ],
};
