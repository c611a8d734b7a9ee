import { type setTimeout } from "node:timers/promises";
import { type Examination, examine } from "../../lib/operations/examine";
import { rollOutAndReport, type RolloutFlags } from "../../lib/cli/commands/rollout";
import { type DeclaredMessenger, deploymentType } from "../../lib/terraform/declared-messengers";
import { type State } from "../../lib/terraform/state";
import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { Genesys } from "../audit/genesys";
import {
  deploymentAddress,
  environmentOf,
  type LiveShop,
  liveShop,
  ScriptedProject,
  shopStack,
} from "../cli/scripted-project";
import { type Script, ScriptedTerraform, type TerraformStep } from "../cli/scripted-terraform";

const timers = jest.requireActual<{ setTimeout: typeof setTimeout }>("node:timers/promises");
const start = Genesys.inTests();

const { isTTY } = process.stderr;
beforeEach(() => {
  process.stderr.isTTY = false; // a terminal has a spinner instead of a line
});
afterEach(() => {
  jest.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

/** What happens to the shop when Terraform takes a step. */
type OnStep = (shop: LiveShop, genesys: Genesys, interruption: AbortController) => void;

interface Run {
  /** What someone has changed by hand before the run. */
  readonly changed?: Parameters<Genesys["edit"]>[1];
  /** Whether the creation of the deployment was cut short, and it is Pending. */
  readonly cutShort?: boolean;
  readonly script?: Script;
  readonly on?: Partial<Record<TerraformStep, OnStep>>;
  /** Happens before each look at what is live after Terraform has run. */
  readonly onLook?: (shop: LiveShop, genesys: Genesys, look: number) => void;
  readonly flags?: Partial<RolloutFlags>;
  readonly messengers?: readonly DeclaredMessenger[];
  /** Whether the plan is to be approved on the terminal. */
  readonly asks?: boolean;
  /** Stacks that could not be examined: to be deployed, or left alone. */
  readonly unexamined?: readonly Examination[];
  readonly unread?: readonly Examination[];
}

/** Rolls a stack out, and says what was printed, and whether Genesys Cloud was looked at once more. */
async function roll({ changed, cutShort = false, script, on = {}, onLook, asks = false, ...run }: Run) {
  const genesys = await start();
  const shop = liveShop(genesys);
  if (changed !== undefined) genesys.edit(shop.live, changed);
  if (cutShort) genesys.edit(shop.live, {}, { status: "Pending", activeAt: "2999-01-01T00:00:00.000Z" });
  let looks = 0;
  const state = (): State => {
    const look = looks++;
    onLook?.(shop, genesys, look);
    return shop.state(cutShort ? { deploymentInstance: { status: "tainted" } } : {});
  };
  const stack = shopStack("shop");
  const messengers = [...stack.messengers, ...(run.messengers ?? [])];
  const terraform = new ScriptedTerraform({ ...stack, messengers }, { ...script, state });
  const interruption = new AbortController();
  const project = new ScriptedProject([terraform], {
    environment: environmentOf(genesys),
    interruption: interruption.signal,
  });
  const found = [...(await examine(project, project.stacks)), ...(run.unexamined ?? [])];
  const calls = genesys.calls().length;
  terraform.onStep = (step) => on[step]?.(shop, genesys, interruption);
  const json: string[] = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => json.push(text));
  const flags = { lockTimeout: "30s", parallelism: 1, activationTimeout: "0s", propagationTimeout: "0s", ...run.flags };
  const rolling = rollOutAndReport(project, found, asks ? flags : { ...flags, autoApprove: true }, run.unread);
  const end = await rolling.then(
    (code) => ({ code }),
    (error: unknown) => ({ code: String(error) }),
  );
  return {
    ...end,
    steps: terraform.steps,
    said: project.said.join("\n"),
    json: json.map((text) => JSON.parse(text) as unknown),
    looks,
    looked: genesys.calls().length > calls,
    id: shop.live.state.id,
  };
}

const update = { address: deploymentAddress, type: deploymentType, action: "update" } as const;
const destroys: Script = {
  changes: [{ address: "aws_route53_record.a", type: "aws_route53_record", action: "delete" }],
};
const updates: Script = { changes: [update] };
const failing = (script: Script, at: TerraformStep, failure: TerraformFailure): Script => ({
  ...script,
  fails: { at, with: new TerraformError(failure, { stackName: "shop", command: "apply" }, `It failed: ${failure}`) },
});

const changed = { allowedDomains: ["example.com"] };
const emptied = { allowedDomains: [] };
const restores: OnStep = (shop, genesys) => {
  genesys.edit(shop.live, { allowedDomains: ["example.com", "www.example.com"] });
};
const interrupts: OnStep = (_, __, interruption) => {
  interruption.abort();
};
const restoresAndInterrupts: OnStep = (...given) => {
  restores(...given);
  interrupts(...given);
};
const breaks: Run["onLook"] = (_, __, look) => {
  if (look > 0) throw new Error("no permission");
};
const broken: Examination = { stack: shopStack("broken"), problem: new Error("no state") };

/** What the summary says of a stack: its outcome, how many repairs, what Genesys serves. */
function rowIn(said: string, stack = "shop"): readonly string[] {
  const row = said.split("\n").find((line) => line.includes("│") && line.includes(` ${stack} `)) ?? "";
  return row
    .split("│")
    .slice(2, -1)
    .map((cell) => cell.trim());
}

type Expected = readonly [looked: boolean, row: readonly string[], code: number];

describe("after a rollout, what Genesys serves is looked at once more", () => {
  test.each<[string, Run, Expected]>([
    [
      "where a plan was applied",
      { changed, script: updates, on: { apply: restores } },
      [true, ["deployed", "", "equal"], 0],
    ],
    ["where drift remains", { changed, script: updates }, [true, ["deployed", "", "drift"], 2]],
    [
      "where an apply failed, which may have done some of it",
      { changed, script: failing(updates, "apply", "failed"), on: { apply: restores } },
      [true, ["failed", "", "equal"], 1],
    ],
    [
      "where the state says something else now, although the plan was refused",
      { changed: emptied, script: destroys, on: { plan: restores } },
      [true, ["refused", "1", "equal"], 1],
    ],
    [
      "where there was nothing to apply although there was drift: another run was faster",
      { changed, on: { plan: restores } },
      [true, ["unchanged", "", "equal"], 0],
    ],
    ["not where all was as it should be", {}, [false, ["unchanged", "", "equal"], 0]],
    ["not where a plan was refused", { changed, script: destroys }, [false, ["refused", "", "drift"], 1]],
    [
      "not where the plan failed",
      { changed, script: failing(updates, "plan", "failed") },
      [false, ["failed", "", "drift"], 1],
    ],
    [
      "and that it cannot be read is told",
      { changed, script: updates, onLook: breaks },
      [false, ["deployed", "", ""], 1],
    ],
  ])("%s", async (_, run, [looked, row, code]) => {
    const result = await roll(run);
    expect(rowIn(result.said)).toEqual(row);
    expect({ code: result.code, looked: result.looked }).toEqual({ code, looked });
    const steps = result.said.split("\n").filter((line) => line.includes("audit of what Genesys serves now"));
    expect(steps).toHaveLength(looked || run.onLook === breaks ? 1 : 0);
  });

  test("where one of two Messengers was not as it should be, although there was nothing to apply", async () => {
    const second = { address: `${deploymentAddress}_2`, name: "Other" };
    const { looked, code } = await roll({ messengers: [second] });
    expect({ looked, code }).toEqual({ looked: true, code: 2 });
  });

  test("once, where the state was written and the plan was applied", async () => {
    const { said, looks } = await roll({ changed: emptied, script: updates, on: { apply: restores } });
    expect(rowIn(said)).toEqual(["deployed", "1", "equal"]);
    expect(looks).toBe(2);
  });

  test("where one stack was deployed and another one failed", async () => {
    const genesys = await start();
    let isRolledOut = false;
    const terraforms = ["one", "two"].map((name) => {
      const { live, state } = liveShop(genesys);
      genesys.edit(live, { name });
      const script = name === "one" ? updates : failing(updates, "apply", "failed");
      const deployment = { name };
      const read = (): State => {
        if (isRolledOut && name === "two") throw new Error("no permission");
        return state({ deployment });
      };
      return new ScriptedTerraform(shopStack(name, { deployment }), { ...script, state: read });
    });
    const project = new ScriptedProject(terraforms, { environment: environmentOf(genesys) });
    const found = await examine(project, project.stacks);
    const flags = { lockTimeout: "30s", parallelism: 1, activationTimeout: "0s", propagationTimeout: "0s" };
    isRolledOut = true;
    await expect(rollOutAndReport(project, found, { ...flags, autoApprove: true })).resolves.toBe(1);
    const said = project.said.join("\n");
    expect(said).toContain("✖ audit of what Genesys serves now");
    expect(rowIn(said, "one")).toEqual(["deployed", "", "equal"]);
    expect(rowIn(said, "two")).toEqual(["failed", "", ""]);
  });

  test("and before each further attempt, where another run was faster", async () => {
    const { said, looks } = await roll({ changed, script: failing(updates, "apply", "stale-plan") });
    expect(said).toContain("Another run changed shop in the meantime: reading and planning again");
    expect(rowIn(said)).toEqual(["failed", "", "drift"]);
    expect(looks).toBe(5);
  });

  test("and the line of that step says whether it could be read", async () => {
    expect((await roll({ changed, script: updates })).said).toMatch(/✔ audit of what Genesys serves now/);
    expect((await roll({ changed, script: updates, onLook: breaks })).said).toMatch(
      /✖ audit of what Genesys serves now/,
    );
  });

  test("until it is as it should be, for as long as the public files may take to follow", async () => {
    const set = globalThis.setTimeout;
    jest.spyOn(globalThis, "setTimeout").mockImplementation((work, milliseconds = 0, ...rest) => {
      return set(work, milliseconds > 5_000 ? milliseconds : 0, ...rest); // the pauses between two looks
    });
    const onLook: Run["onLook"] = (shop, genesys, look) => {
      if (look === 3) genesys.edit(shop.live, { allowedDomains: ["example.com", "www.example.com"] });
    };
    const patient = await roll({ changed, script: updates, onLook, flags: { propagationTimeout: "1m" } });
    expect(rowIn(patient.said)).toEqual(["deployed", "", "equal"]);
    const hasty = await roll({ changed, script: updates, onLook });
    expect(rowIn(hasty.said)).toEqual(["deployed", "", "drift"]);
  });
});

describe("after an interruption, only what was changed is looked at", () => {
  test.each<[string, Run, Expected]>([
    [
      "a plan that was applied all the same",
      { changed, script: updates, on: { apply: restoresAndInterrupts } },
      [true, ["deployed", "", "equal"], 0],
    ],
    [
      "an apply that was cut short",
      { changed, script: failing(updates, "apply", "interrupted"), on: { apply: restoresAndInterrupts } },
      [true, ["interrupted", "", "equal"], 1],
    ],
    [
      "a state that was written",
      { changed: emptied, script: failing(updates, "plan", "interrupted"), on: { plan: restoresAndInterrupts } },
      [true, ["interrupted", "1", "equal"], 1],
    ],
    [
      "nothing, where a plan was cut short",
      { changed, script: failing(updates, "plan", "interrupted"), on: { plan: interrupts } },
      [false, ["interrupted", "", "drift"], 1],
    ],
    [
      "nothing, where there was nothing to apply",
      { changed, on: { plan: interrupts } },
      [false, ["unchanged", "", "drift"], 2],
    ],
    [
      "and what came of an apply that was cut short is not told where it cannot be read",
      { changed, script: failing(updates, "apply", "interrupted"), on: { apply: interrupts }, onLook: breaks },
      [false, ["interrupted", "", ""], 1],
    ],
    [
      "and what was known before stays where what was applied cannot be read",
      { changed, script: updates, on: { apply: interrupts }, onLook: breaks },
      [false, ["deployed", "", "drift"], 2],
    ],
  ])("%s", async (_, run, [looked, row, code]) => {
    const result = await roll(run);
    expect(rowIn(result.said)).toEqual(row);
    expect({ code: result.code, looked: result.looked }).toEqual({ code, looked });
    expect(result.said).not.toContain("audit of what Genesys serves now");
  });
});

test("after an interruption, a look that takes longer than a moment is not waited for", async () => {
  jest.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  const { said, code } = await roll({ changed, script: updates, on: { apply: restoresAndInterrupts } });
  expect(rowIn(said)).toEqual(["deployed", "", "drift"]);
  expect(code).toBe(2);
});

describe("before a plan is made", () => {
  test("the drift of each Messenger is shown, and nothing of what is as it should be", async () => {
    const { said } = await roll({ changed, script: updates, unexamined: [broken] });
    expect(said).toMatch(/^\nshop:\n {2}✖ [^]*✔ terraform plan and apply/);
    expect((await roll({})).said).toMatch(/^ {2}✔ terraform plan and apply of 1 stack/);
  });

  test("a deployment that an earlier run left Pending is waited for, as long as it was told to", async () => {
    jest.spyOn(timers, "setTimeout").mockImplementation((_, value) => Promise.resolve(value as never));
    const onLook: Run["onLook"] = (shop, genesys, look) => {
      if (look > 0) genesys.edit(shop.live, {});
    };
    const patient = await roll({ cutShort: true, onLook, flags: { activationTimeout: "1m" } });
    expect(patient.said).toContain("✔ waiting until it is Active (at most 1m)");
    expect(patient.steps).toEqual(["back up", "push", "plan", "apply"]);
    const hasty = await roll({ cutShort: true, onLook });
    expect(hasty.said).toContain("✖ waiting until it is Active (at most 0s)");
    expect(hasty.said).toContain("is still Pending, since its creation was cut short: nothing was changed");
    expect(hasty.steps).toEqual([]);
  });
});

describe("a rollout asks for a yes", () => {
  const stdin = process.stdin.isTTY;
  beforeEach(() => {
    process.stdin.isTTY = false;
  });
  afterEach(() => {
    process.stdin.isTTY = stdin;
  });

  test("and fails where there is no terminal to ask on, before anything is applied", async () => {
    const { code, steps } = await roll({ script: updates, asks: true });
    expect(code).toMatch(/^UserError: Cannot ask for confirmation without a terminal: nothing was changed/);
    expect(steps).toEqual(["plan"]);
  });
});

describe("the result of a rollout", () => {
  const unread: readonly Examination[] = [{ ...broken, stack: shopStack("unread") }];

  test("is a table for people", async () => {
    const { said, json, code } = await roll({ unexamined: [broken], unread });
    expect(rowIn(said)).toEqual(["unchanged", "", "equal"]);
    expect(rowIn(said, "broken")).toEqual(["failed", "", ""]);
    expect(said).not.toContain("unread");
    expect(json).toEqual([]);
    expect(code).toBe(1);
  });

  test("is no wider than the terminal", async () => {
    const { columns, isTTY: isTerminal } = process.stdout;
    Object.assign(process.stdout, { columns: 30, isTTY: true });
    try {
      const { said } = await roll({});
      for (const line of said.split("\n").filter((each) => /[─│]/.test(each)))
        expect(line.length).toBeLessThanOrEqual(30);
    } finally {
      Object.assign(process.stdout, { columns, isTTY: isTerminal });
    }
  });

  test("is JSON for programs", async () => {
    const { json, id } = await roll({ flags: { json: true } });
    const messengers = [{ name: "shop", deploymentId: id, verdict: "equal" }];
    expect(json).toEqual([[{ stack: "shop", outcome: "unchanged", repairs: [], messengers }]]);
  });

  test("is JSON for programs, with the stacks that were left alone", async () => {
    const { said, json, id } = await roll({
      changed,
      script: updates,
      on: { apply: restores },
      unexamined: [broken],
      unread,
      flags: { json: true },
    });
    expect(said).not.toContain("│");
    expect(json).toEqual([
      [
        {
          stack: "shop",
          outcome: "deployed",
          repairs: [],
          messengers: [{ name: "shop", deploymentId: id, verdict: "equal" }],
        },
        { stack: "broken", outcome: "failed", reason: "no state", repairs: [], messengers: [] },
        {
          stack: "unread",
          outcome: "failed",
          reason: "What Genesys Cloud serves is not known.\nno state",
          repairs: [],
          messengers: [],
        },
      ],
    ]);
  });
});
