import { wavesOf } from "../../lib/operations/deploy-stacks";

const stack = (
  name: string,
  ...dependencies: readonly string[]
): { name: string; dependencies: readonly string[] } => ({
  name,
  dependencies,
});
const names = (stacks: Parameters<typeof wavesOf>[0]): readonly (readonly string[])[] =>
  wavesOf(stacks).map((wave) => wave.map(({ name }) => name));

describe("the order of stacks", () => {
  test("independent ones go together", () => {
    expect(names([stack("a"), stack("b")])).toEqual([["a", "b"]]);
  });

  test("one that depends on another goes after it, wherever it stands", () => {
    expect(names([stack("c", "b"), stack("b", "a"), stack("a"), stack("d")])).toEqual([["a", "d"], ["b"], ["c"]]);
  });

  test("a dependency that is not among them counts as deployed", () => {
    expect(names([stack("a", "elsewhere")])).toEqual([["a"]]);
  });

  test("a circle is refused", () => {
    expect(() => names([stack("a", "b"), stack("b", "a"), stack("c")])).toThrow(
      "Circular dependency between stacks: a, b.",
    );
  });
});
