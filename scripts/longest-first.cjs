"use strict";

const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * The suites that take the longest, on a machine where jest has measured none: without this order the last of them would run alone. Those
 * that wait for the same tarball of `npm pack` are apart.
 */
const longest = [
  "readme-install",
  "cdktn",
  "next-build",
  "documentation",
  "live-check",
  "unfinished",
  "package",
  "kill",
  "audit-and-plan",
  "second-deployment",
  "first-deploys",
  "moving",
  "app-commands",
  "adopt",
  "origins-deploy",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = longest.indexOf(basename(path, ".test.ts"));
      return index === -1 ? longest.length : index;
    };
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
};
