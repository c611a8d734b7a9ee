// `npm run test:mutation [area …] [-- file …]`: changes the code that keeps people safe, one small change at a time, and runs the
// unit tests that cover it; a change that no test notices survives. Fails where an area's score is below what is expected, and where
// a change survives that mutation/equivalent.json does not explain. With files, only these are changed.
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { ensureInstalled, root } from "./install.mjs";
import { explained, plain, replaced, staleExplanations } from "./mutation/equivalent.mjs";

ensureInstalled();

/**
 * Each area: its files, the tests that hold it, and the percentage of its mutants that these must notice. With `processes`, also the tests
 * that start one.
 */
const areas = {
  origins: { files: ["lib/origins/**/*.ts"], tests: ["origins"], atLeast: 92 },
  audit: {
    files: ["lib/audit/*.ts", "lib/platform/json-fields.ts"],
    tests: ["audit", "platform"],
    atLeast: 92,
  },
  state: {
    files: ["lib/terraform/{state,state-edit,first-state,local-state}.ts"],
    tests: ["terraform"],
    atLeast: 92,
  },
  guard: {
    files: ["lib/terraform/{plan,remembered-deployment,undone-drift,pending-changes}.ts"],
    tests: ["terraform"],
    atLeast: 95,
  },
  operations: {
    files: ["lib/operations/*.ts", "lib/cli/commands/flags.ts"],
    tests: ["operations", "cli"],
    processes: true,
    atLeast: 92,
  },
};

const asked = process.argv.slice(2).filter((word) => !word.includes("/"));
const files = process.argv.slice(2).filter((word) => word.includes("/"));
const names = Object.keys(areas).filter((name) => asked.length === 0 || asked.includes(name));
const unknown = asked.find((name) => !Object.hasOwn(areas, name));
if (unknown !== undefined) {
  console.error(`Unknown area "${unknown}": expected ${Object.keys(areas).join(", ")}.`);
  process.exit(2);
}
if (files.length > 0 && names.length !== 1) {
  console.error(`Expected the area of "${files[0]}" before it: one of ${Object.keys(areas).join(", ")}.`);
  process.exit(2);
}

const reports = join(root, "reports");
const { projects } = (await import("../jest.config.js")).default;
const unit = projects.find(({ displayName }) => displayName === "unit");
const [[, swc]] = Object.values(unit.transform);
mkdirSync(reports, { recursive: true });

/** The unit tests in a folder of `__tests__`; with `processes`, also the tests that start one. */
function unitTests(folder, processes) {
  const patterns = unit.testPathIgnorePatterns.map((text) => (processes ? text.replace("process|", "") : text));
  const isLong = patterns.map((pattern) => new RegExp(pattern.replace("<rootDir>", "")));
  return readdirSync(join(root, "__tests__", folder), { recursive: true })
    .map((file) => `__tests__/${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".test.ts") && !isLong.some((pattern) => pattern.test(`/${file}`)))
    .sort();
}

/** Changes the files of one area, and returns what became of each mutant. */
async function mutate(name, { tests, processes = false, ...area }) {
  const fileName = join(reports, `${name}.json`);
  await new Stryker({
    mutate: files.length > 0 ? files : area.files,
    testRunner: "unit-tests",
    plugins: [join(root, "scripts", "mutation", "plugins.mjs")],
    unitTests: { files: tests.flatMap((folder) => unitTests(folder, processes)), swc },
    ignorers: ["message-texts"],
    ignoreStatic: true,
    coverageAnalysis: "perTest",
    ignorePatterns: ["/dist", "/packages/*/dist", "/cdktf.out", "/.sandbox", "/reports", "**/.next"],
    tempDirName: join("reports", "stryker"),
    reporters: ["json", "html", "progress-append-only"],
    jsonReporter: { fileName },
    htmlReporter: { fileName: join(reports, `${name}.html`) },
    concurrency: 2,
    timeoutMS: 60_000,
  }).runMutationTest();
  return Object.entries(JSON.parse(readFileSync(fileName, "utf8")).files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file, source: source.split("\n") })),
  );
}

const noticed = new Set(["Killed", "Timeout"]);
const counted = new Set([...noticed, "Survived", "NoCoverage"]);
const results = [];
for (const name of names) {
  const mutants = (await mutate(name, areas[name])).filter(({ status }) => counted.has(status));
  const survivors = mutants.filter(({ status }) => !noticed.has(status));
  const unexplained = survivors.filter((mutant) => !explained(mutant));
  for (const mutant of unexplained) {
    const { file, location, status, replacement, source } = mutant;
    console.log(`${file}:${location.start.line}:${location.start.column} ${status}`);
    console.log(`    ${source[location.start.line - 1].trim()}`);
    console.log(`    ${plain(replaced(mutant))} → ${plain(replacement)}`);
  }
  const stale = files.length > 0 ? [] : staleExplanations(mutants, survivors);
  for (const { file, line } of stale) console.log(`${file}: equivalent.json explains what does not survive: ${line}`);
  const score = (100 * (mutants.length - survivors.length)) / mutants.length;
  const isEnough = score >= areas[name].atLeast && unexplained.length + stale.length === 0;
  results.push({ name, score, isEnough, mutants: mutants.length, unexplained: unexplained.length });
}

console.log();
for (const { name, score, isEnough, mutants, unexplained } of results) {
  if (!isEnough) process.exitCode = 1;
  console.log(
    `${isEnough ? "ok    " : "FAILED"}  ${name}: ${score.toFixed(1)} % of ${mutants} mutants noticed, expected ${areas[name].atLeast} %` +
      (unexplained === 0 ? "" : `; ${unexplained} survive without an explanation`),
  );
}
