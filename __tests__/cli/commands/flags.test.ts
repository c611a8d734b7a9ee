import { Command } from "commander";
import { withRolloutOptions } from "../../../lib/cli/commands/rollout";
import { withStackOptions, type StackFlags } from "../../../lib/cli/commands/flags";

type Register = typeof withStackOptions;

/** What a command is told by these words of a command line. */
function told(register: Register, ...words: readonly string[]): { names: readonly string[]; flags: StackFlags } {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  let seen: { names: readonly string[]; flags: StackFlags } | undefined;
  register(program.command("work"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .action((names: readonly string[], flags: StackFlags) => {
      seen = { names, flags };
    });
  program.parse(["work", ...words], { from: "user" });
  if (seen === undefined) throw new Error("The command was not run.");
  return seen;
}

const os = jest.requireActual<{ availableParallelism: () => number }>("node:os");
const usual = { lockTimeout: "30s", parallelism: 8 };
const usualRollout = { ...usual, activationTimeout: "2m", propagationTimeout: "60s" };

beforeEach(() => {
  jest.spyOn(os, "availableParallelism").mockReturnValue(8);
});
afterEach(() => {
  jest.restoreAllMocks();
});

test("two stacks at least are worked on at the same time: one waits while the other computes", () => {
  jest.spyOn(os, "availableParallelism").mockReturnValue(1);
  expect(told(withStackOptions).flags.parallelism).toBe(2);
});

test.each<[string, Register, readonly string[], object]>([
  ["nothing", withStackOptions, [], usual],
  ["what it works with", withStackOptions, ["--skip-synth"], { ...usual, skipSynth: true }],
  ["a part of the stacks", withStackOptions, ["--shard", "2/3"], { ...usual, shard: { index: 2, count: 3 } }],
  ["how many at a time", withStackOptions, ["--parallelism", "1"], { ...usual, parallelism: 1 }],
  ["how long to wait for a lock", withStackOptions, ["--lock-timeout", "1h30m"], { ...usual, lockTimeout: "1h30m" }],
  ["nothing, of a rollout", withRolloutOptions, [], usualRollout],
  [
    "not to ask, and to print JSON",
    withRolloutOptions,
    ["--auto-approve", "--json"],
    { ...usualRollout, autoApprove: true, json: true },
  ],
  [
    "how long a creation may take",
    withRolloutOptions,
    ["--activation-timeout", "10m"],
    { ...usualRollout, activationTimeout: "10m" },
  ],
  [
    "how long the public files may take",
    withRolloutOptions,
    ["--propagation-timeout", "0s"],
    { ...usualRollout, propagationTimeout: "0s" },
  ],
])("a command that works on stacks is told %s", (_, register, words, expected) => {
  expect(told(register, ...words)).toEqual({ names: [], flags: expected });
});

test("the words before the flags are the names of stacks", () => {
  expect(told(withStackOptions, "shop", "brand").names).toEqual(["shop", "brand"]);
});

test.each([
  ["--parallelism", "0"],
  ["--parallelism", "-1"],
  ["--parallelism", "1.5"],
  ["--parallelism", "many"],
  ["--shard", "4/3"],
  ["--shard", "half"],
  ["--lock-timeout", "soon"],
  ["--activation-timeout", "10"],
  ["--propagation-timeout", "-1s"],
])("%s %s is refused with the value, before anything is done", (flag, value) => {
  expect(() => told(withRolloutOptions, flag, value)).toThrow(`'${value}' is invalid. Expected `);
});
