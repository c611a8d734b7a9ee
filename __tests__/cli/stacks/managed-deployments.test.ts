import { managedByNamesakes, managedDeployments } from "../../../lib/cli/stacks/managed-deployments";
import { parseState } from "../../../lib/terraform";
import { stateText } from "../../terraform/state-text";
import { declared, stackOf } from "../examined";

describe("the deployments that a stack manages", () => {
  test("are those of its state, declared or not, and those that it imports", () => {
    const type = "genesyscloud_webdeployments_deployment";
    const others = [
      { mode: "managed", type, name: "old", instances: [{ attributes: { id: "d-2" } }, { attributes: {} }] },
      { mode: "data", type, name: "found", instances: [{ attributes: { id: "d-3" } }] },
      { module: "module.m", mode: "managed", type, name: "m", instances: [{ attributes: { id: "d-4" } }] },
      { mode: "managed", type, name: "none", instances: [] },
    ];
    const stack = stackOf("production", { messengers: [{ ...declared, importId: "d-9" }] });
    expect(managedDeployments(stack, parseState(stateText({ others })))).toEqual(["d-9", "d-1", "d-2", "d-4"]);
    expect(managedDeployments(stackOf("production"), undefined)).toEqual([]);
  });

  test("are looked for in the other stacks that use the same name, and in no others", async () => {
    const stacks = [
      stackOf("acme"),
      stackOf("brand"),
      stackOf("locked"),
      stackOf("other", { messengers: [{ ...declared, name: "Other" }] }),
    ];
    const pulled: string[] = [];
    const project = {
      stacks,
      each: <Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) =>
        Promise.all(items.map(work)),
      terraform: ({ name }: { readonly name: string }) => ({
        pullState: () => {
          pulled.push(name);
          const state = parseState(stateText());
          return name === "locked" ? Promise.reject(new Error("no permission")) : Promise.resolve(state);
        },
      }),
    };
    await expect(managedByNamesakes(project, stacks.slice(0, 1))).resolves.toEqual(new Set(["d-1"]));
    expect(pulled).toEqual(["brand", "locked"]);
  });
});
