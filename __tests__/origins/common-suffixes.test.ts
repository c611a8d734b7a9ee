import { commonSuffixes, publicSuffixOf } from "../../lib/origins/public-suffix";
import { platforms } from "../../lib/origins/platforms";

test.each(commonSuffixes.map(({ name }) => name))("%s is refused by the rule itself", (name) => {
  expect(publicSuffixOf(name)?.name).toBe(name);
});

test("every platform that the library knows is among them", () => {
  const names = commonSuffixes.map(({ name }) => name);

  expect(names).toEqual(expect.arrayContaining(platforms.map(({ suffix }) => suffix)));
  expect(new Set(names).size).toBe(names.length);
});
