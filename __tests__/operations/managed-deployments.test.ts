import { managedDeployments, managedElsewhere } from "../../lib/operations/examine";
import { parseState } from "../../lib/terraform/state";
import { stateText } from "../terraform/state-text";
import { declared, stackOf } from "../cli/examined";

/** A state that has what {@link declared} declares. */
const stateOf = (...parts: Parameters<typeof stateText>) =>
  parseState(stateText(...parts).replaceAll('"name": "Shop"', '"name": "Messenger"'));

describe("the deployments that a stack manages", () => {
  test("are those that it declares and has in its state, those of its modules, and those that it imports", () => {
    const type = "genesyscloud_webdeployments_deployment";
    const others = [
      { mode: "managed", type, name: "old", instances: [{ attributes: { id: "d-2" } }, { attributes: {} }] },
      { mode: "data", type, name: "found", instances: [{ attributes: { id: "d-3" } }] },
      { module: "module.m", mode: "managed", type, name: "m", instances: [{ attributes: { id: "d-4" } }] },
      { mode: "managed", type, name: "none", instances: [] },
    ];
    const stack = stackOf("production", { messengers: [{ ...declared, importId: "d-9" }] });
    expect(managedDeployments(stack, stateOf({ others }))).toEqual(["d-9", "d-1", "d-4"]);
    expect(managedDeployments(stackOf("production"), undefined)).toEqual([]);
  });

  test("are found where the state still has them, until a move is applied", () => {
    const moved = { ...declared, address: `${declared.address}_2`, formerAddresses: [declared.address] };
    const state = stateOf();
    expect(managedDeployments(stackOf("production", { messengers: [moved] }), state)).toEqual(["d-1"]);
    expect(managedDeployments(stackOf("production", { messengers: [] }), state)).toEqual([]);
  });

  test("are looked for in the other stacks that use the same name, or in all others", async () => {
    const stacks = [
      stackOf("acme"),
      stackOf("brand", { messengers: [{ ...declared, name: "Other" }, declared] }),
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
          const state = stateOf();
          return name === "locked" ? Promise.reject(new Error("no permission")) : Promise.resolve(state);
        },
      }),
    };
    const managed = new Set(["d-1"]);
    await expect(managedElsewhere(project, stacks.slice(0, 1), "namesakes")).resolves.toEqual(managed);
    expect(pulled.splice(0)).toEqual(["brand", "locked"]);
    await expect(managedElsewhere(project, stacks.slice(0, 1), "all")).resolves.toEqual(managed);
    expect(pulled).toEqual(["brand", "locked", "other"]);
  });
});
