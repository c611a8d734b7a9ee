import { type SynthesizedStack } from "../../terraform";

/** A part of the stacks, for pipelines that divide them among several machines. */
export interface Shard {
  /** Counted from 1. */
  readonly index: number;
  readonly count: number;
}

/** Reads `2/5`: the second of five parts. Undefined for a text that is none. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index !== undefined && shard.index <= shard.count ? shard : undefined;
}

type Stack = Pick<SynthesizedStack, "name" | "dependencies">;

/**
 * The stacks of one part. The parts are disjoint, together they are all stacks, and whoever synthesises the same app divides
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
