import { App, TerraformStack } from "cdktf";
import { synth } from "./synthesis";
import { nothingIsWritten } from "./synthesis";
import { programs } from "./upgrade";

/** Without what no plan depends on: metadata, and where the state is. */
function planned(content: object): unknown {
  const { terraform, ...rest } = JSON.parse(
    JSON.stringify(content, (key, value: unknown) => (key === "//" ? undefined : value)),
  ) as { readonly terraform: Readonly<Record<string, unknown>> };
  return { ...rest, terraform: { ...terraform, backend: undefined } };
}

describe.each(programs)("the program %s", (_, { stacks, before }) => {
  test("makes what it made before the upgrade", () => {
    const app = new App(nothingIsWritten);
    stacks(app);
    const made = app.node.children.filter((child) => TerraformStack.isStack(child));
    expect(made.map(({ node: { id } }) => id).sort()).toEqual(Object.keys(before).sort());
    for (const stack of made) expect(planned(synth(stack))).toEqual(planned(before[stack.node.id] ?? {}));
  });
});
