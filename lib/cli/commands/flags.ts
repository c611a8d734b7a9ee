import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { parseDuration } from "../../base/duration";
import { UserError } from "../../base/errors";
import { type SynthesizedStack } from "../../terraform/stacks";

/** A part of the stacks, for pipelines that divide them among several machines. */
interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `2/5`: the second of five parts. Undefined for an invalid text. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index !== undefined && shard.index <= shard.count ? shard : undefined;
}

type Stack = Pick<SynthesizedStack, "name" | "dependencies">;

/**
 * The stacks of one part. The parts are disjoint, together they are all stacks, and everyone who synthesises the same app divides
 * it in the same way. Stacks that depend on each other stay in one part, so that their order can be kept.
 */
export function stacksOfShard<Each extends Stack>(stacks: readonly Each[], { index, count }: Shard): readonly Each[] {
  const groups = dependentGroups(stacks);
  const numbers = new Map([...new Set(groups.values())].map((group, number) => [group, number]));
  return stacks.filter(({ name }) => (numbers.get(groups.get(name) ?? name) ?? 0) % count === index - 1);
}

/** Each stack's group, named by the first of the stacks that depend on each other. */
function dependentGroups(stacks: readonly Stack[]): ReadonlyMap<string, string> {
  const neighbours = new Map<string, string[]>(stacks.map(({ name }) => [name, []]));
  for (const { name, dependencies } of stacks) {
    for (const other of dependencies) {
      neighbours.get(name)?.push(other);
      neighbours.get(other)?.push(name);
    }
  }
  const groups = new Map<string, string>();
  for (const { name: group } of stacks) {
    const reached = groups.has(group) ? [] : [group];
    for (let name = reached.pop(); name !== undefined; name = reached.pop()) {
      if (groups.has(name)) continue;
      groups.set(name, group);
      reached.push(...(neighbours.get(name) ?? []));
    }
  }
  return groups;
}

/**
 * Rejects unknown names; the error lists the known ones.
 *
 * @param noun what a name refers to, such as "environment"
 * @throws UserError
 */
export function checkNames(names: readonly string[], known: readonly string[], noun: string): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const quoted = unknown.map((name) => `"${name}"`).join(", ");
  throw new UserError(`Unknown ${noun} ${quoted}: expected one of ${known.join(", ")}.`);
}

/**
 * The stacks of those names, in the order of the synthesis. A name is that of a stack, or that of an environment: then all
 * stacks of the environment are meant, whatever brand they belong to.
 *
 * @param names none means all
 * @param shard the part of them that is meant
 * @throws UserError for a name that is neither; it names those there are
 */
export function chooseStacks(
  stacks: readonly SynthesizedStack[],
  names: readonly string[],
  shard: Shard = { index: 1, count: 1 },
): readonly SynthesizedStack[] {
  return stacksOfShard(stacksOfNames(stacks, names), shard);
}

function stacksOfNames(stacks: readonly SynthesizedStack[], names: readonly string[]): readonly SynthesizedStack[] {
  if (names.length === 0) return stacks;
  checkNames(names, [...new Set(stacks.flatMap(namesOf))], "environment or stack");
  return stacks.filter((stack) => namesOf(stack).some((name) => names.includes(name)));
}

function namesOf({ name, environment }: SynthesizedStack): readonly string[] {
  return environment === undefined ? [name] : [environment, name];
}

/** What every command that works on stacks can be told. */
export interface StackFlags {
  readonly lockTimeout: string;
  readonly parallelism: number;
  /** The part of the stacks that this machine works on. @default all of them */
  readonly shard?: Shard;
  /** Takes what was synthesised before. */
  readonly skipSynth?: boolean;
}

/** Gives a command the arguments and flags of {@link StackFlags}. */
export function withStackOptions(command: Command): Command {
  return command
    .argument("[names...]", "the environments or stacks (default: all)")
    .option("--skip-synth", "use the output of the last synthesis")
    .option("--shard <i/n>", "the i-th of n parts of the stacks, for pipelines with several machines", checkShard)
    .option("--parallelism <n>", "how many stacks to process at the same time", parseParallelism, defaultParallelism())
    .option("--lock-timeout <duration>", "how long to wait for another run of the same stack", checkDuration, "30s");
}

/** Terraform is a program that computes: more of them than processors only take each other's time. */
export function defaultParallelism(): number {
  return Math.max(2, availableParallelism());
}

function parseParallelism(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError("Expected a positive integer.");
}

function checkShard(text: string): Shard {
  const shard = parseShard(text);
  if (shard !== undefined) return shard;
  throw new InvalidArgumentError("Expected a part such as 1/4, the first of four.");
}

/** A duration as Terraform writes it. */
export function checkDuration(text: string): string {
  if (parseDuration(text) !== undefined) return text;
  throw new InvalidArgumentError("Expected a duration such as 30s, 5m or 1h30m.");
}
