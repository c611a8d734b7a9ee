import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { saveFirstState } from "../../lib/terraform/first-state";

const production: Parameters<typeof saveFirstState>[1] = { name: "shop", environment: "production" };

/** What a push comes to: a failure, a state that can be read from then on, or one that is lost. */
type Push = TerraformFailure | "saved" | "lost" | "killed";

/** Saves a first state where the pushes come to this, one after the other, the last one again and again. */
async function save(
  pushes: readonly Push[],
  { timeLimit = 60_000, isThere = false, step = 0, stack = production, interruption = new AbortController() } = {},
): Promise<{ readonly end: string; readonly inputs: readonly string[] }> {
  const inputs: string[] = [];
  let there = isThere;
  let time = 0;
  const terraform = {
    run: (words: readonly string[], { input = "" }: { readonly input?: string } = {}) => {
      const push = pushes[Math.min(inputs.length, pushes.length - 1)] ?? "saved";
      expect(words).toEqual(["state", "push", "-"]);
      inputs.push(input);
      if (push === "killed") return Promise.reject(new Error("killed"));
      if (push === "saved") there = true;
      if (push === "stale-state" || push === "other-lineage") there = true; // another run has saved one
      if (push === "saved" || push === "lost")
        return Promise.resolve({ code: 0, output: "", errors: "", interrupted: false, started: true });
      return Promise.reject(new TerraformError(push, { stackName: "shop", command: "state push" }, push));
    },
  };
  const options = {
    isThere: () => Promise.resolve(there),
    timeLimit,
    interruption: interruption.signal,
    now: () => (time += step),
  };
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
    [["killed"], 1, "Error: killed"],
  ])("whose saving comes to %j is saved %i times at most: %s", async (pushes, times, expected) => {
    const { end, inputs } = await save(pushes);
    expect(end).toBe(expected);
    expect(inputs).toHaveLength(times);
  });

  test("is not saved where there is one", async () => {
    await expect(save(["saved"], { isThere: true })).resolves.toEqual({ end: "there", inputs: [] });
  });

  test.each([
    [{ name: "shop", environment: "production" }, "production"],
    [{ name: "shop" }, "shop"],
  ])("of %j holds nothing but the environment, so that Terraform keeps it", async (stack, environment) => {
    const { inputs } = await save(["saved"], { stack });
    expect(JSON.parse(inputs[0] ?? "")).toEqual({
      version: 4,
      serial: 1,
      lineage: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      outputs: { environment: { value: environment, type: "string" } },
      resources: [],
    });
  });

  test.each<[string, Push, number, string]>([
    ["for a lock", "locked", 3, "TerraformError: locked"], // after 100, 200 and 300 ms
    ["for what it saved to be read", "lost", 1, "given up"], // it asks for the time before and after that
  ])("is waited for as long as it is told to: %s", async (_, push, times, expected) => {
    const { end, inputs } = await save([push], { timeLimit: push === "locked" ? 300 : 100, step: 100 });
    expect(end).toBe(expected);
    expect(inputs).toHaveLength(times);
  });

  test("is tried again every 100 ms", async () => {
    jest.useFakeTimers();
    try {
      const times: number[] = [];
      const start = Date.now();
      const terraform = {
        run: () => {
          times.push(Date.now() - start);
          return Promise.reject(new TerraformError("locked", { stackName: "shop", command: "state push" }, "locked"));
        },
      };
      const saving = saveFirstState(terraform, production, { isThere: () => Promise.resolve(false), timeLimit: 250 });
      const ended = expect(saving).rejects.toThrow("locked");
      await jest.advanceTimersByTimeAsync(1_000);
      await ended;
      expect(times).toEqual([0, 100, 200, 300]);
    } finally {
      jest.useRealTimers();
    }
  });

  test("is not tried again after an interruption", async () => {
    const interruption = new AbortController();
    interruption.abort();
    const { inputs } = await save(["locked"], { interruption });
    expect(inputs).toHaveLength(1);
  });
});
