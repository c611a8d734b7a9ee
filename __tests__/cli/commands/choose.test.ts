import { chooseStacks } from "../../../lib/cli/commands/flags";
import { stackOf } from "../examined";

const stacks = [
  stackOf("acme-production", { environment: "production" }),
  stackOf("acme-staging", { environment: "staging" }),
  stackOf("other-production", { environment: "production" }),
  stackOf("network"),
];

describe("the stacks that names mean", () => {
  test.each([
    [[], ["acme-production", "acme-staging", "other-production", "network"]],
    [["production"], ["acme-production", "other-production"]],
    [["acme-staging"], ["acme-staging"]],
    [
      ["network", "staging", "acme-staging"],
      ["acme-staging", "network"],
    ],
  ])("%j: %j", (names, expected) => {
    expect(chooseStacks(stacks, names).map(({ name }) => name)).toEqual(expected);
  });

  test("a name that is neither of an environment nor of a stack is refused with those there are", () => {
    expect(() => chooseStacks(stacks, ["prod", "production", "net"])).toThrow(
      'Unknown environment or stack "prod", "net": expected one of ' +
        "production, acme-production, staging, acme-staging, other-production, network.",
    );
  });
});
