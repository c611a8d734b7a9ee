// Jest's `filter` during mutation testing: loads only the test files that cover the mutant. StrykerJS names the tests but not
// their files, and loading a hundred test files to skip every test in them takes most of the time.
const { existsSync, readFileSync } = require("node:fs");
const { relative } = require("node:path");

let covering;

module.exports = (testPaths) => {
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  if (mutant !== undefined && existsSync(process.env.COVERING_TESTS)) {
    covering ??= JSON.parse(readFileSync(process.env.COVERING_TESTS, "utf8"));
  }
  const files = mutant === undefined ? undefined : covering?.[mutant];
  return {
    filtered:
      files === undefined ? testPaths : testPaths.filter((path) => files.includes(relative(process.cwd(), path))),
  };
};
