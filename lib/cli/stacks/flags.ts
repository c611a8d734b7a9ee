import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { parseDuration } from "../../terraform";
import { parseShard, type Shard } from "./shard";

/** What every command that works on stacks can be told. */
export interface StackFlags {
  readonly lockTimeout: string;
  readonly parallelism: number;
  /** The part of the stacks that this machine works on. @default all of them */
  readonly shard?: Shard;
  /** Takes what was synthesised before. */
  readonly skipSynth?: boolean;
}

/** A command of that name with the arguments and flags of {@link StackFlags}. */
export function stackCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument("[names...]", "the environments or stacks (default: all)")
    .option("--skip-synth", "work with what was synthesised before")
    .option("--shard <i/n>", "the i-th of n parts of the stacks, for pipelines with several machines", checkShard)
    .option("--parallelism <n>", "how many stacks at the same time", parseParallelism, defaultParallelism())
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
