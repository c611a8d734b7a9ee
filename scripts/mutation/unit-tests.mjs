// Runs the unit tests for StrykerJS, with the parts of Jest in one process: StrykerJS's own runner starts Jest anew for every mutant,
// which takes many times as long as the tests. Every mutant has the project's modules evaluated anew, so that none finds what another
// one has left in them. Of Jest there is what the unit tests use: no mocks of modules, and snapshots only inline.
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { runInThisContext } from "node:vm";
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { commonTokens, tokens } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

const require = createRequire(import.meta.url);
/** Jest's parts, found where Jest itself finds them. */
const ofJest = ["jest", "jest-cli", "jest-config"].reduce((from, name) => createRequire(from.resolve(name)), require);
const circus = ofJest("jest-circus");
const ofCircus = createRequire(ofJest.resolve("jest-circus"));
const { jestExpect } = ofCircus("@jest/expect");
const { SnapshotState } = ofCircus("jest-snapshot");
const ofEnvironment = createRequire(ofJest.resolve("jest-environment-node"));
const { ModuleMocker } = ofEnvironment("jest-mock");
const { ModernFakeTimers } = ofEnvironment("@jest/fake-timers");

/** Where instrumented code looks which mutant is active, and counts what is reached. It keeps a reference to it. */
const shared = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
shared.mutantCoverage = { static: {}, perTest: {} };

/** The modules of the project, as it is in StrykerJS's sandbox. Those of packages stay. */
const isOwn = (file) => file.startsWith(process.cwd() + sep) && !file.includes(`${sep}node_modules${sep}`);

/** The next test that needs the project's modules evaluates them anew. */
function forgetModules() {
  for (const file of Object.keys(require.cache).filter(isOwn)) delete require.cache[file];
}

const isFailed = ({ status }) => status === TestStatus.Failed;

/** What a test is known by: its file, then its names. */
function testId(file, { name, parent }) {
  return parent === undefined ? file : `${testId(file, parent)} ${name}`;
}

export class UnitTests {
  static inject = tokens(commonTokens.options);

  constructor({ unitTests }) {
    this.files = unitTests.files;
    this.swc = unitTests.swc;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    const { transformSync } = require("@swc/core");
    const compiled = new Map();
    require.extensions[".ts"] = (module, filename) => {
      if (!compiled.has(filename)) {
        const { code } = transformSync(readFileSync(filename, "utf8"), { ...this.swc, filename, swcrc: false });
        compiled.set(filename, runInThisContext(Module.wrap(code), { filename }));
      }
      const { exports } = module;
      compiled.get(filename).call(exports, exports, createRequire(filename), module, filename, dirname(filename));
    };
    const { describe, test, it, beforeAll, beforeEach, afterAll, afterEach } = circus;
    const timers = new ModernFakeTimers({ global: globalThis, config: { fakeTimers: {}, rootDir: process.cwd() } });
    const names = ["useFakeTimers", "useRealTimers", "advanceTimersByTime", "advanceTimersByTimeAsync"];
    const ofTimers = Object.fromEntries(names.map((name) => [name, (...values) => timers[name](...values)]));
    const mocker = new ModuleMocker(globalThis);
    const ofMocks = Object.fromEntries(
      ["fn", "spyOn", "restoreAllMocks"].map((name) => [name, (...values) => mocker[name](...values)]),
    );
    const jest = { requireActual: require, ...ofMocks, ...ofTimers };
    Object.assign(globalThis, { describe, test, it, beforeAll, beforeEach, afterAll, afterEach, jest });
    globalThis.expect = jestExpect;
    Object.assign(process.env, { NODE_ENV: "test", FORCE_COLOR: "0" });
  }

  async dryRun() {
    const tests = await this.run(this.files, () => true, forgetModules);
    const failed = tests.find(isFailed);
    const errorMessage = failed && `${failed.id}\n${failed.failureMessage}`;
    if (errorMessage !== undefined) return { status: DryRunStatus.Error, errorMessage };
    return { status: DryRunStatus.Complete, tests, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    const wanted = new Set(testFilter);
    const files = this.files.filter((file) => testFilter.some((id) => id.startsWith(`${file} `)));
    Object.assign(shared, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
    forgetModules();
    const tests = await this.run(files, (id) => wanted.has(id));
    const timeout = determineHitLimitReached(shared.hitCount, hitLimit);
    Object.assign(shared, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests }, disableBail);
  }

  /** Runs tests until one fails. */
  async run(files, isWanted, beforeFile) {
    const results = [];
    for (const file of files) {
      if (results.some(isFailed)) break;
      beforeFile?.();
      const environment = { ...process.env };
      results.push(...(await this.runFile(file, isWanted)));
      for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
      Object.assign(process.env, environment);
    }
    return results;
  }

  async runFile(file, isWanted) {
    const fileName = `${process.cwd()}${sep}${file}`;
    const inline = {
      updateSnapshot: "none",
      snapshotFormat: { escapeString: false, printBasicPrototype: false },
      rootDir: process.cwd(),
    };
    const snapshotState = new SnapshotState(`${fileName}.snap`, inline);
    const results = [];
    const onEvent = ({ name, test }) => {
      const id = test && testId(file, test);
      if (name === "test_start" && (results.some(isFailed) || !isWanted(id))) test.mode = "skip";
      if (name === "test_started") {
        shared.currentTestId = id;
        jestExpect.setState({ currentTestName: id, testPath: fileName, snapshotState, suppressedErrors: [] });
      }
      if (name === "test_done") {
        shared.currentTestId = undefined;
        const errors = [...test.errors.flat(), ...jestExpect.getState().suppressedErrors];
        const status = errors.length > 0 ? TestStatus.Failed : TestStatus.Success;
        const failureMessage = errors.map(String).join("\n");
        results.push({ id, name: id, timeSpentMs: test.duration ?? 0, fileName, status, failureMessage });
      }
    };
    circus.resetState();
    circus.getState().testTimeout = 20_000; // enough on a busy machine, too
    circus.addEventHandler(onEvent);
    try {
      require(fileName);
      const { unhandledErrors } = await circus.run();
      if (unhandledErrors.length > 0) throw new Error(unhandledErrors.flat().join("\n"));
    } catch (error) {
      results.push({ id: file, name: file, timeSpentMs: 0, status: TestStatus.Failed, failureMessage: String(error) });
    } finally {
      circus.removeEventHandler(onEvent);
      globalThis.jest.useRealTimers(); // a test that has timed out may not have done it
    }
    return results;
  }
}
