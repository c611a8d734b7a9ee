import { TerraformError, type TerraformFailure } from "../../lib/terraform";
import { saveFirstState } from "../../lib/terraform/first-state";

const stack = { name: "shop", environment: "production" };

/** What a push comes to: a failure, a state that can be read from then on, or one that is lost. */
type Push = TerraformFailure | "saved" | "lost";

/** Saves a first state where the pushes come to this, one after the other, the last one again and again. */
async function save(
  pushes: readonly Push[],
  { patience = 60_000, isThere = false, step = 0 } = {},
): Promise<{ readonly end: string; readonly inputs: readonly string[] }> {
  const inputs: string[] = [];
  let there = isThere;
  let time = 0;
  const terraform = {
    run: (_: readonly string[], { input = "" }: { readonly input?: string } = {}) => {
      const push = pushes[Math.min(inputs.length, pushes.length - 1)] ?? "saved";
      inputs.push(input);
      if (push === "saved") there = true;
      if (push === "stale-state" || push === "other-lineage") there = true; // another run has saved one
      if (push === "saved" || push === "lost")
        return Promise.resolve({ code: 0, output: "", errors: "", interrupted: false, started: true });
      return Promise.reject(new TerraformError(push, { stackName: "shop", command: "state push" }, push));
    },
  };
  const options = { isThere: () => Promise.resolve(there), patience, now: () => (time += step) };
  const end = await saveFirstState(terraform, stack, options).then(
    () => (there ? "there" : "given up"),
    (error: unknown) => String(error),
  );
  return { end, inputs };
}

describe("a first state", () => {
  test.each<[readonly Push[], number, string]>([
    [["saved"], 1, "there"],
    [["lost", "lost", "saved"], 3, "there"],
    [["locked", "locked", "saved"], 3, "there"],
    [["stale-state"], 1, "there"],
    [["other-lineage"], 1, "there"],
    [["lost"], 10, "given up"],
    [["failed"], 1, "TerraformError: failed"],
    [["locked", "backend"], 2, "TerraformError: backend"],
  ])("whose saving comes to %j is saved %i times at most: %s", async (pushes, times, expected) => {
    const { end, inputs } = await save(pushes);
    expect(end).toBe(expected);
    expect(inputs).toHaveLength(times);
  });

  test("is not saved where there is one", async () => {
    await expect(save(["saved"], { isThere: true })).resolves.toEqual({ end: "there", inputs: [] });
  });

  test("holds nothing but the environment, so that Terraform keeps it", async () => {
    const { inputs } = await save(["saved"]);
    expect(JSON.parse(inputs[0] ?? "")).toMatchObject({
      serial: 1,
      outputs: { environment: { value: "production", type: "string" } },
      resources: [],
    });
  });

  test("waits for a lock as long as it is told to", async () => {
    const { end, inputs } = await save(["locked"], { patience: 300, step: 100 });
    expect(end).toBe("TerraformError: locked");
    expect(inputs).toHaveLength(3); // after 100, 200 and 300 ms
  });
});
