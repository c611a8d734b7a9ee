// `npm test`: everything that must hold, in one command on a fresh machine. The last line counts the tests from jest's own
// report; the exit code also covers the checks that are no tests (types, lint, format).
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, npm, root } from "./install.mjs";

ensureInstalled();

const reports = mkdtempSync(join(tmpdir(), "cdktf-genesys-messenger-"));
const bin = (name) => join(root, "node_modules", name);
const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status;
const jest = (project, ...args) =>
  node(
    bin("jest/bin/jest.js"),
    "--selectProjects",
    project,
    "--json",
    `--outputFile=${join(reports, project)}.json`,
    ...args,
  );

const steps = [
  ["bindings", () => npm(["run", "--silent", "prepare"]).status],
  ["types", () => node(bin("typescript/bin/tsc"), "--noEmit")],
  ["lint", () => node(bin("eslint/bin/eslint.js"), "--max-warnings", "0", ".")],
  ["format", () => node(bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", ".")],
  ["unit tests", () => jest("unit")],
  ["tests on cdktn", () => jest("cdktn")],
  ["end-to-end tests", () => jest("e2e")],
];

const results = steps.map(([name, run]) => {
  console.log(`\n── ${name} ──`);
  const started = performance.now();
  const ok = run() === 0;
  return { name, ok, seconds: (performance.now() - started) / 1000 };
});

console.log();
for (const { name, ok, seconds } of results)
  console.log(`${ok ? "ok    " : "FAILED"}  ${name} (${seconds.toFixed(1)} s)`);

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Set();
for (const project of ["unit", "cdktn", "e2e"]) {
  const report = readReport(join(reports, `${project}.json`));
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  counts.skipped += report.numPendingTests + report.numTodoTests;
  for (const { assertionResults } of report.testResults) {
    for (const { status, ancestorTitles } of assertionResults) if (status === "pending") skipped.add(ancestorTitles[0]);
  }
}
for (const title of skipped) console.log(`skipped  ${title}`);
rmSync(reports, { recursive: true });

// A runner that died without a report has failed, whatever it printed.
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {
      numPassedTests: 0,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 1,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [],
    };
  }
}

process.exitCode = results.every(({ ok }) => ok) && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
console.log(
  `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`,
);
