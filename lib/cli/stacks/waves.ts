import { type SynthesizedStack } from "../../terraform";

/**
 * The stacks in the order in which they can be deployed: those of one wave are independent of each other, and depend on
 * earlier waves alone. A dependency that is not among the stacks counts as deployed.
 *
 * @throws when stacks depend on each other in a circle, which the cores do not synthesise
 */
export function wavesOf<Stack extends Pick<SynthesizedStack, "name" | "dependencies">>(
  stacks: readonly Stack[],
): readonly (readonly Stack[])[] {
  const waves: (readonly Stack[])[] = [];
  let waiting = stacks;
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const isReady = ({ dependencies }: Stack): boolean => !dependencies.some((name) => names.has(name));
    const wave = waiting.filter(isReady);
    if (wave.length === 0) throw new Error(`These stacks depend on each other in a circle: ${[...names].join(", ")}.`);
    waves.push(wave);
    waiting = waiting.filter((stack) => !isReady(stack));
  }
  return waves;
}
