import { parseShard, stacksOfShard } from "../../../lib/cli/commands/flags";
import fc from "../../fast-check";

const stack = (name: string, ...dependencies: readonly string[]) => ({ name, dependencies });
const names = (stacks: readonly { readonly name: string }[]) => stacks.map(({ name }) => name);

test.each([
  ["1/1", { index: 1, count: 1 }],
  ["2/5", { index: 2, count: 5 }],
  ["5/5", { index: 5, count: 5 }],
  ["12/345", { index: 12, count: 345 }],
  ["6/5", undefined],
  ["0/5", undefined],
  ["1/0", undefined],
  ["1", undefined],
  ["-1/5", undefined],
  ["1/5/2", undefined],
])("%s is %p", (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test("stacks are dealt out in turn", () => {
  const stacks = ["a", "b", "c", "d", "e"].map((name) => stack(name));
  expect(names(stacksOfShard(stacks, { index: 1, count: 2 }))).toEqual(["a", "c", "e"]);
  expect(names(stacksOfShard(stacks, { index: 2, count: 2 }))).toEqual(["b", "d"]);
  expect(names(stacksOfShard(stacks, { index: 6, count: 6 }))).toEqual([]);
});

test("stacks that depend on each other stay together, also by way of a third", () => {
  const stacks = [stack("a", "shared"), stack("b"), stack("shared"), stack("c", "shared"), stack("d")];
  expect(names(stacksOfShard(stacks, { index: 1, count: 3 }))).toEqual(["a", "shared", "c"]);
  expect(names(stacksOfShard(stacks, { index: 2, count: 3 }))).toEqual(["b"]);
  expect(names(stacksOfShard(stacks, { index: 3, count: 3 }))).toEqual(["d"]);
});

test("what a stack depends on need not be among them", () => {
  const stacks = [stack("a", "elsewhere"), stack("b"), stack("c", "elsewhere")];
  expect(names(stacksOfShard(stacks, { index: 1, count: 2 }))).toEqual(["a", "c"]);
  expect(names(stacksOfShard(stacks, { index: 2, count: 2 }))).toEqual(["b"]);
});

test("the parts are disjoint and together everything, and no dependency crosses them", () => {
  const graph = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 30 }).map((edges) =>
    edges.map((targets, index) => {
      const earlier = index === 0 ? [] : targets.map((target) => String(target % index));
      return stack(String(index), ...earlier);
    }),
  );
  fc.assert(
    fc.property(graph, fc.integer({ min: 1, max: 6 }), (stacks, count) => {
      const parts = Array.from({ length: count }, (_, part) => stacksOfShard(stacks, { index: part + 1, count }));
      expect(names(parts.flat()).sort()).toEqual(names(stacks).sort());
      for (const part of parts) {
        for (const { dependencies } of part) expect(names(part)).toEqual(expect.arrayContaining([...dependencies]));
      }
    }),
  );
});
