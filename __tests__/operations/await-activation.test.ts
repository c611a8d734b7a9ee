import { type setTimeout } from "node:timers/promises";
import { Spinner } from "../../lib/cli/terminal/step";
import { type Examination, examine } from "../../lib/operations/examine";
import { awaitActivation } from "../../lib/operations/unfinished";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { Genesys } from "../audit/genesys";
import { reading } from "../audit/subjects";
import { declared, examined, messengerOf, stackOf } from "../cli/examined";
import {
  environmentOf,
  type LiveShop,
  liveShop,
  ScriptedProject,
  shopStack,
  type ShopState,
} from "../cli/scripted-project";
import { ScriptedTerraform } from "../cli/scripted-terraform";

const timers = jest.requireActual<{ setTimeout: typeof setTimeout }>("node:timers/promises");
const { address } = declared;
const start = Genesys.inTests();
const tainted: ShopState = { deploymentInstance: { status: "tainted" } };
const pending = { status: "Pending", activeAt: "2999-01-01T00:00:00.000Z" } as const;

const { isTTY } = process.stderr;
beforeEach(() => {
  process.stderr.isTTY = false; // a terminal has a spinner instead of a line
});
afterEach(() => {
  jest.restoreAllMocks();
  process.stderr.isTTY = isTTY;
});

interface Wait {
  /** What a stack has of its shop in Genesys Cloud and in its state. @default "cut short" */
  readonly shops?: readonly ("cut short" | "created slowly" | "in order")[];
  /** A stack that was not examined, before the others. */
  readonly unread?: Examination;
  /** In seconds. @default 120 */
  readonly timeLimit?: number;
  /** What happens during the waits, one after the other: the shop of that index becomes Active, or Ctrl+C. */
  readonly meanwhile?: readonly (number | "nothing" | "interruption")[];
}

/** Waits by a clock that only the waits move. */
async function waitFor({ shops = ["cut short"], unread, timeLimit = 120, meanwhile = [] }: Wait) {
  const genesys = await start();
  const interruption = new AbortController();
  const live: readonly LiveShop[] = shops.map((kind, index) => {
    const shop = liveShop(genesys);
    genesys.edit(shop.live, { name: `Shop ${index}` }, kind === "in order" ? { status: "Active" } : pending);
    return shop;
  });
  const terraforms = live.map(({ state }, index) => {
    const deployment = { name: `Shop ${index}` }; // another name for each: what shares a name is looked at as well
    const parts = { deployment, ...(shops[index] === "cut short" && tainted) };
    return new ScriptedTerraform(shopStack(`shop-${index}`, { deployment }), { state: () => state(parts) });
  });
  const project = new ScriptedProject(terraforms, {
    environment: environmentOf(genesys),
    interruption: interruption.signal,
  });
  const looks: string[] = [];
  jest.spyOn(project, "terraform").mockImplementation(({ name }: SynthesizedStack) => {
    looks.push(name);
    const found = terraforms.find(({ stack }) => stack.name === name);
    if (found === undefined) throw new Error(`There is no stack "${name}".`);
    return found;
  });
  const before = [...(unread === undefined ? [] : [unread]), ...(await examine(project, project.stacks))];
  looks.length = 0;
  const waits: number[] = [];
  let clock = 0;
  jest.spyOn(timers, "setTimeout").mockImplementation((milliseconds = 0, value, { signal } = {}) => {
    clock += milliseconds;
    const event = meanwhile[waits.push(milliseconds) - 1];
    const shop = typeof event === "number" ? live[event] : undefined;
    if (shop !== undefined) genesys.edit(shop.live, { name: `Shop ${event}` });
    if (event === "interruption") {
      if (signal === undefined) throw new Error("The wait is not cut short.");
      interruption.abort();
    }
    return signal?.aborted === true ? Promise.reject(new Error("aborted")) : Promise.resolve(value as never);
  });
  const options = { timeout: `${timeLimit}s`, timeLimit: timeLimit * 1_000, now: () => clock };
  const waiting = awaitActivation(project, before, options);
  const end = await waiting.then(
    (after) => ({ after, error: "" }),
    (error: unknown) => ({ after: before, error: String(error) }),
  );
  const said = project.said.map((line) => line.replace(/ \(\d+\.\d s\)$/, ""));
  const ids = live.map(({ live: { state } }) => state.id);
  return { ...end, before, waits, looks, said, ids };
}

const statuses = (found: readonly Examination[]) =>
  found.map((each) =>
    "problem" in each
      ? "unread"
      : each.messengers
          .map(({ audit: { live } }) => live.api.outcome === "served" && live.api.deployment.status)
          .join(),
  );

describe("a run does not wait", () => {
  test.each<[string, Wait]>([
    ["for what is in order", { shops: ["in order"] }],
    ["for what is Pending after an apply that came to its end", { shops: ["created slowly"] }],
    [
      "for a stack that could not be read",
      { shops: [], unread: { stack: stackOf("broken"), problem: new Error("no") } },
    ],
  ])("%s", async (_, wait) => {
    const { after, before, waits, said } = await waitFor(wait);
    expect(after).toBe(before);
    expect(waits).toEqual([]);
    expect(said).toEqual([]);
  });
});

describe("a run waits for what an earlier one left Pending", () => {
  test("until it is Active, and longer from look to look", async () => {
    const meanwhile = [...Array.from({ length: 6 }, () => "nothing" as const), 0];
    const { after, waits, looks, said, ids } = await waitFor({ meanwhile });
    expect(statuses(after)).toEqual(["Active"]);
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    expect(looks).toHaveLength(7);
    expect(said).toEqual([
      `\nshop-0: the deployment "${String(ids[0])}" is Pending, since its creation was cut short`,
      "  ✔ waiting until it is Active (at most 120s)",
    ]);
  });

  test("for as long as it was told to, and not a moment longer", async () => {
    const { after, waits, said } = await waitFor({ timeLimit: 1 });
    expect(statuses(after)).toEqual(["Pending"]);
    expect(waits).toEqual([250, 500, 250]);
    expect(said.at(-1)).toBe("  ✖ waiting until it is Active (at most 1s)");
  });

  test("not at all where it was told not to", async () => {
    const { after, waits } = await waitFor({ timeLimit: 0 });
    expect(statuses(after)).toEqual(["Pending"]);
    expect(waits).toEqual([]);
  });

  test("and looks again only at what is still Pending; everything is told in its order", async () => {
    const problem = new Error("no");
    const unread: Examination = { stack: stackOf("broken"), problem };
    const shops = ["cut short", "in order", "created slowly", "cut short"] as const;
    const { after, before, looks, said } = await waitFor({ shops, unread, meanwhile: [0, 3] });
    expect(statuses(after)).toEqual(["unread", "Active", "Active", "Pending", "Active"]);
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(looks).toEqual(["shop-0", "shop-3", "shop-3"]);
    expect(said.map((line) => line.replace(/"[^"]+"/, "…"))).toEqual([
      "\nshop-0: the deployment … is Pending, since its creation was cut short",
      "\nshop-3: the deployment … is Pending, since its creation was cut short",
      "  ✔ waiting until they are Active (at most 120s)",
    ]);
  });

  test("and says so as one that failed where some are Active and others are not", async () => {
    const { after, said } = await waitFor({ shops: ["cut short", "cut short"], timeLimit: 1, meanwhile: [0] });
    expect(statuses(after)).toEqual(["Active", "Pending"]);
    expect(said.at(-1)).toMatch(/✖/);
  });

  test("and tells on a terminal how many have become Active", async () => {
    process.stderr.isTTY = true;
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const shown: string[] = [];
    jest.spyOn(Spinner.prototype, "update").mockImplementation((text) => shown.push(text));
    await waitFor({ shops: ["cut short", "cut short"], meanwhile: ["nothing", 1, 0] });
    expect(shown.map((text) => text.split(" ").at(-1))).toEqual(["0/2", "0/2", "1/2", "2/2"]);
  });

  test("and names only those of a stack that are Pending", async () => {
    const project = new ScriptedProject([]);
    const stack = examined("shop", messengerOf(reading({ status: "Pending" }), { tainted: [address] }), messengerOf());
    await expect(awaitActivation(project, [stack], { timeout: "0s", timeLimit: 0 })).resolves.toEqual([stack]);
    expect(project.said).toEqual([
      '\nshop: the deployment "d-1" is Pending, since its creation was cut short',
      expect.stringContaining("✖ waiting until it is Active"),
    ]);
  });

  test("until an interruption, which changes nothing", async () => {
    const { error, waits, looks } = await waitFor({ meanwhile: ["nothing", "interruption"] });
    expect(error).toBe("UserError: Interrupted while waiting for Genesys Cloud. Nothing was changed.");
    expect(waits).toEqual([250, 500]);
    expect(looks).toEqual(["shop-0"]);
  });
});
