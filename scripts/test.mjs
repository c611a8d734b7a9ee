// `npm test`: everything that must hold, in one command on a fresh machine. The last line counts the tests from jest's own
// report; the exit code also covers the checks that are not tests (types, lint, format).
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, npm, root } from "./install.mjs";
import { lts, ltsNode, runsOnLts } from "./lts-node.mjs";

ensureInstalled();

const reports = mkdtempSync(join(tmpdir(), "cdktf-genesys-messenger-"));
const bin = (name) => join(root, "node_modules", name);

/** Runs a check of the source, which prints what it has to say when it has ended: it runs beside the others. */
async function check(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const status = await new Promise((resolve) => child.on("error", () => resolve(1)).on("close", resolve));
  process.stdout.write(said);
  return status;
}

/** Runs one of jest's projects, whose report counts in the last line. */
const written = [];
function jest(project, { executable = process.execPath, env = {}, files = [] } = {}) {
  const report = join(reports, `${written.length}.json`);
  written.push(report);
  const args = [
    bin("jest/bin/jest.js"),
    "--selectProjects",
    project,
    `--testSequencer=${join(root, "scripts", "longest-first.cjs")}`,
    "--json",
    `--outputFile=${report}`,
    "--",
    ...files,
  ];
  return spawnSync(executable, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } }).status;
}

/** The newest LTS release of Node, for users have it; undefined where npm test runs on it, or on a newer one, itself. */
const newest = runsOnLts || process.argv.includes("--full") ? undefined : await ltsNode();

/** On a developer's machine the step is left out without a registry, in CI it fails. */
function unitTestsOnNewest() {
  if (newest.path !== undefined) return jest("unit", { executable: newest.path });
  console.log(newest.reason);
  return (process.env.CI ?? "") === "" ? "skipped" : 1;
}

const bindings = ["bindings", () => npm(["run", "--silent", "prepare"]).status];

/** `npm run test:full`: what takes too long for every change, or depends on the newest releases of others. */
const long = [
  bindings,
  ["end-to-end tests and laws on all their cases", () => jest("e2e", { env: { TEST_CASES: "all" } })],
  ["full tests", () => jest("full")],
];

/** What is run, and what ends it: an exit code, or "skipped". What stands in one list runs at the same time. */
const usual = [
  bindings,
  [
    ["types", () => check(bin("typescript/bin/tsc"), "--noEmit")],
    ["lint", () => check(bin("eslint/bin/eslint.js"), "--max-warnings", "0", ".")],
    ["format", () => check(bin("prettier/bin/prettier.cjs"), "--check", "--log-level", "warn", ".")],
  ],
  ["unit tests", () => jest("unit")],
  ["tests on cdktn", () => jest("cdktn")],
  ...(newest === undefined ? [] : [[`unit tests on Node ${lts}`, unitTestsOnNewest]]),
  ["end-to-end tests", () => jest("e2e", { env: newest?.path === undefined ? {} : { OTHER_NODES: newest.path } })],
];

async function result([name, run]) {
  const started = performance.now();
  const status = await run();
  return { name, status, seconds: (performance.now() - started) / 1000 };
}

const results = [];
for (const entry of process.argv.includes("--full") ? long : usual) {
  const together = typeof entry[0] === "string" ? [entry] : entry;
  console.log(`\n── ${together.map(([name]) => name).join(", ")} ──`);
  results.push(...(await Promise.all(together.map(result))));
}

console.log();
for (const { name, status, seconds } of results) {
  const outcome = status === 0 ? "ok     " : status === "skipped" ? status : "FAILED ";
  console.log(`${outcome}  ${name} (${seconds.toFixed(1)} s)`);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
const skipped = new Set();
for (const file of written) {
  const report = readReport(file);
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

const held = results.every(({ status }) => status === 0 || status === "skipped");
process.exitCode = held && counts.failed === 0 && counts.passed > 0 ? 0 : 1;
console.log(
  `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`,
);
