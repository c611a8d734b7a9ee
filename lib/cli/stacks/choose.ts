import { type SynthesizedStack } from "../../terraform";
import { checkNames } from "../known-names";
import { type Shard, stacksOfShard } from "./shard";

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
  checkNames(names, [...new Set(stacks.flatMap(namesOf))], ["environment or stack", "environments and stacks"]);
  return stacks.filter((stack) => namesOf(stack).some((name) => names.includes(name)));
}

function namesOf({ name, environment }: SynthesizedStack): readonly string[] {
  return environment === undefined ? [name] : [environment, name];
}
