import { type ExaminedMessenger, type ExaminedStack } from "../../lib/operations/examine";
import {
  applyPlan,
  declinePlan,
  refusalsOf,
  repairAndPlan,
  type StackDeployOptions,
} from "../../lib/operations/stack-deploy";
import { type LiveReading } from "../../lib/platform/public-files";
import { type PlannedAction, type ResourceChange } from "../../lib/terraform/plan";
import { type State } from "../../lib/terraform/state";
import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { deployment, notAsked, reading } from "../audit/subjects";
import { stateOf } from "../terraform/messenger-state";
import { declared, messengerOf, stackOf } from "../cli/examined";
import { type Script, ScriptedTerraform, type TerraformStep } from "../cli/scripted-terraform";

const { address, configurationAddress = "" } = declared;
const record = "aws_route53_record.shop";

const change = (of: string, action: PlannedAction, more: Partial<ResourceChange> = {}): ResourceChange => ({
  address: of,
  type: of.split(".")[0] ?? "",
  action,
  ...more,
});
const domains = (before: readonly string[] | null, after: readonly string[]): ResourceChange =>
  change(address, "update", { before: { allowed_domains: before }, after: { allowed_domains: after } });

const wary: StackDeployOptions = { recreate: false, makeNew: false, onlyDrift: false, mayDestroy: false };

interface Case {
  readonly script?: Script;
  /** @default one with the deployment */
  readonly state?: State | undefined;
  readonly options?: Partial<StackDeployOptions>;
}

/** What comes of a stack, and what Terraform was asked on the way. */
async function planned(messengers: readonly ExaminedMessenger[], { script, options, ...more }: Case = {}) {
  const stack = stackOf("shop");
  const terraform = new ScriptedTerraform(stack, script);
  const examined: ExaminedStack = { stack, terraform, state: "state" in more ? more.state : stateOf(), messengers };
  const result = await repairAndPlan(examined, { ...wary, ...options });
  return { result, steps: terraform.steps, pushed: terraform.pushed };
}

const inOrder = messengerOf();
const changedByHand = messengerOf(reading({ allowedDomains: ["example.com"] }));
const old = { outcome: "served", content: { allowAllDomains: false, allowedDomains: [] } } as const;
const following = messengerOf(reading({}, { publicFiles: { ...reading().publicFiles, domains: old } }));
const emptied = messengerOf(reading({ allowedDomains: [] }));
const cutShort = messengerOf(reading(), { tainted: [address] });
const pending = messengerOf(reading({ status: "Pending" }), { tainted: [address] });
const gone = messengerOf(reading({}, { api: { outcome: "gone" } }));
const neverDeployed = messengerOf(reading(), { state: undefined });
const unclaimed = messengerOf(
  reading({}, { api: notAsked, namesakes: { outcome: "served", deployments: [{ ...deployment, id: "d-9" }] } }),
  { state: undefined, declared: { name: "Shop", configurationId: "c-1" } },
);
const unread = messengerOf(
  reading({ configuration: { id: "c-1", version: "5" } }, { api: notAsked, versions: notAsked }),
);
const adopting = messengerOf(reading({}, { api: { outcome: "gone" } }), {
  state: undefined,
  adoptee: { deploymentId: "d-1" },
});

describe("before a plan is made", () => {
  test.each<[string, ExaminedMessenger, Partial<StackDeployOptions>, string]>([
    ["a deployment that was deleted by hand", gone, {}, 'the deployment "d-1" no longer exists'],
    ["the same, and adopted", { ...gone, declared: { ...declared, importId: "d-1" } }, { recreate: true }, "`adopt`"],
    ["a creation that was cut short and is not settled", pending, {}, 'the deployment "d-1" is still Pending'],
    [
      "a creation that was cut short, of which nothing is known",
      messengerOf(reading({}, { api: notAsked }), { tainted: [address] }),
      {},
      "could not be read from the platform API",
    ],
    ["what is to be adopted and does not exist", adopting, {}, '"d-1"'],
    [
      "a drift that cannot be repaired before the API is read",
      unread,
      {},
      "Repairing this requires access to the platform API",
    ],
  ])("a deploy is refused for %s", async (_, messenger, options, words) => {
    const { result, steps } = await planned([inOrder, messenger], { options });
    expect(result).toMatchObject({ outcome: "refused", repairs: [] });
    expect(result).toHaveProperty("reason", expect.stringContaining(words));
    expect(steps).toEqual([]);
  });

  test("every reason of a kind is named, not only the first", async () => {
    const other = { ...unread, declared: { ...declared, address: `${address}_2` } };
    const { result } = await planned([unread, other]);
    expect("outcome" in result && result.reason?.split("\n")).toHaveLength(3);
  });
});

describe("what is done on the way to a plan", () => {
  const published = messengerOf(reading({}, { versions: { outcome: "served", newest: "5" } }));
  const unpublished: ExaminedMessenger = {
    ...messengerOf(reading({}, { api: notAsked, versions: { outcome: "served" } }), { state: undefined }),
    configuration: { address: configurationAddress, version: "DRAFT", isTainted: false },
  };
  const restored: State = { ...stateOf(), readFrom: "terraform.shop.tfstate.backup" };
  const update = [domains(["example.com"], deployment.allowedDomains)];

  test.each<[string, ExaminedMessenger | readonly ExaminedMessenger[], Case, readonly TerraformStep[]]>([
    ["only the public files do not follow yet", following, {}, ["plan", "discard"]],
    ["a plan finds nothing of one of two Messengers that drifted", [inOrder, changedByHand], {}, ["plan", "apply"]],
    ["nothing is left to do", inOrder, {}, ["plan", "discard"]],
    [
      "there is no state",
      neverDeployed,
      { state: undefined, script: { changes: [change(address, "create")] } },
      ["claim", "plan"],
    ],
    ["there is no state, no Messenger, and nothing to do", [], { state: undefined }, ["claim", "plan", "discard"]],
    ["a plan sees the drift", changedByHand, { script: { changes: update } }, ["plan"]],
    ["a plan sees the drift and finds nothing: the state is brought up to date", changedByHand, {}, ["plan", "apply"]],
    ["no plan sees the drift", emptied, { script: { changes: update } }, ["back up", "push", "plan"]],
    [
      "a repair is enough: the rest of the state is brought up to date",
      published,
      {},
      ["back up", "push", "plan", "apply"],
    ],
    ["a creation was cut short", cutShort, {}, ["back up", "push", "plan", "apply"]],
    ["a file of local state was emptied", inOrder, { state: restored }, ["back up", "push", "plan", "apply"]],
    [
      "a configuration was never published",
      unpublished,
      { script: { changes: [change(configurationAddress, "update")] } },
      ["back up", "push", "plan without refresh"],
    ],
    ["a plan is refused", inOrder, { script: { changes: [change(address, "delete")] } }, ["plan", "discard"]],
    [
      "a plan is refused after a repair",
      emptied,
      { script: { changes: [change(address, "delete")] } },
      ["back up", "push", "plan", "discard"],
    ],
  ])("where %s", async (_, messenger, given, expected) => {
    const { steps, result } = await planned([messenger].flat(), given);
    expect(steps).toEqual(expected);
    expect("plan" in result).toBe(expected.at(-1)?.startsWith("plan"));
  });

  test("the state that is written has the edits of its repairs, and the next serial", async () => {
    const { pushed, result } = await planned([emptied]);
    expect(pushed).toHaveLength(1);
    expect(pushed[0]).toMatchObject({ serial: 8, lineage: "l" });
    expect(pushed[0]?.content).toHaveProperty("resources.0.instances.0.attributes", {
      id: "d-1",
      allowed_domains: null,
    });
    expect(result).toMatchObject({
      outcome: "unchanged",
      backup: "/project/.origins/backups/shop.tfstate",
      repairs: [{ edit: { address, attribute: "allowed_domains", value: null } }],
    });
    expect(result).not.toHaveProperty("recreated");
  });

  test("a deployment that is made again is forgotten first, and the outcome says which", async () => {
    const changes = [change(address, "create")];
    const { pushed, result } = await planned([gone], { options: { recreate: true }, script: { changes } });
    expect(pushed[0]?.content).toHaveProperty("resources.0.instances", []);
    expect(result).toMatchObject({ plan: { changes }, recreated: [{ address, was: "d-1" }] });
  });
});

describe("a plan is refused", () => {
  const newHost = [domains(deployment.allowedDomains, [...deployment.allowedDomains, "new.example.com"])];
  const undone = [domains(["example.com"], deployment.allowedDomains)];
  const created = [change(address, "create")];
  const destroyed = [change(record, "delete"), change(`${record}_2`, "replace")];

  test.each<[string, ExaminedMessenger, Case, Partial<StackDeployOptions>, RegExp]>([
    [
      "that makes a deployment which is there and in no state",
      unclaimed,
      { script: { changes: [change(record, "update"), ...created] }, state: undefined },
      { makeNew: true },
      /"d-9"/,
    ],
    [
      "that does more than undo drift, of a repair",
      changedByHand,
      { script: { changes: newHost }, options: { onlyDrift: true } },
      { onlyDrift: false },
      /more than undo drift[^]*update genesyscloud_webdeployments_deployment.Messenger: allowed_domains/,
    ],
    [
      "that destroys something else, where no one is asked",
      inOrder,
      { script: { changes: destroyed } },
      { mayDestroy: true },
      /--allow-destroy[^]*delete aws_route53_record.shop[^]*replace aws_route53_record.shop_2/,
    ],
  ])("%s, unless it is told to", async (_, messenger, given, told, words) => {
    const { result, steps } = await planned([messenger], given);
    expect(result).toMatchObject({ outcome: "refused" });
    expect(result).toHaveProperty("reason", expect.stringMatching(words));
    expect(steps.at(-1)).toBe("discard");
    const allowed = await planned([messenger], { ...given, options: { ...given.options, ...told } });
    expect(allowed.result).toHaveProperty("plan");
  });

  test("with all the reasons there are", async () => {
    const changes = [...newHost, ...destroyed, change(configurationAddress, "delete")];
    const { result } = await planned([inOrder], { script: { changes }, options: { onlyDrift: true } });
    const reason = "outcome" in result ? (result.reason ?? "") : "";
    expect(reason).toMatch(/would delete the configuration[^]*more than undo drift[^]*--allow-destroy/);
  });

  test.each(["delete", "replace"] as const)(
    "for what becomes of a deployment by itself, whatever it may destroy: %s",
    async (action) => {
      for (const each of [address, configurationAddress]) {
        const script = { changes: [change(each, action)] };
        for (const mayDestroy of [true, false]) {
          const { result } = await planned([inOrder], { script, options: { mayDestroy } });
          expect(result).toMatchObject({ outcome: "refused" });
          expect(result).not.toHaveProperty("reason", expect.stringContaining("--allow-destroy"));
        }
      }
    },
  );

  test.each<[string, ExaminedMessenger, readonly ResourceChange[], Partial<StackDeployOptions>]>([
    ["a drift is undone", changedByHand, undone, { onlyDrift: true }],
    ["a new host goes live", inOrder, newHost, {}],
    ["other things are made and changed", inOrder, [change(record, "update"), change(`${record}_2`, "create")], {}],
    ["something is let go of", inOrder, [change(record, "forget")], {}],
    ["a first deployment is made", neverDeployed, [...created, change(configurationAddress, "create")], {}],
    ["a copy is there, and nothing is made", unclaimed, [change(address, "update", { importId: "d-9" })], {}],
    ["a copy is there, and only its configuration is made", unclaimed, [change(configurationAddress, "create")], {}],
  ])("not where %s", async (_, messenger, changes, options) => {
    const { result } = await planned([messenger], { script: { changes }, options });
    expect(result).toHaveProperty("plan");
  });
});

describe("what Terraform means to do with a deployment and its configuration", () => {
  const inState = { declared, remembered: inOrder.remembered };
  const notInState = { declared, remembered: undefined };
  const tainted = { declared, remembered: cutShort.remembered };
  const second = { declared: { ...declared, address: `${address}_2` }, remembered: undefined };
  const shared = { ...inState, declared: { ...declared, address: `${address}_2` } };
  const unwired = { ...inState, declared: { ...declared, configurationAddress: `${configurationAddress}_2` } };
  const neighbour = {
    declared: { ...declared, address: `${address}_2`, configurationAddress: `${configurationAddress}_2` },
    remembered: inOrder.remembered,
  };
  const none = new Set<string>();
  const again = new Set([address]);

  type Verdicts = Readonly<Record<PlannedAction, boolean>>;
  const allowed: Verdicts = {
    "no-op": true,
    read: true,
    create: true,
    update: true,
    delete: true,
    replace: true,
    forget: true,
  };
  const kept: Verdicts = { ...allowed, delete: false, replace: false };
  const noSecond: Verdicts = { ...kept, create: false };

  test.each<
    [string, string, readonly Pick<ExaminedMessenger, "declared" | "remembered">[], ReadonlySet<string>, Verdicts]
  >([
    ["a deployment that the state has", address, [inState], none, noSecond],
    ["a deployment that the state does not have", address, [notInState], none, kept],
    ["a deployment that is made again", address, [inState], again, kept],
    ["a deployment whose creation was cut short", address, [tainted], none, noSecond],
    ["a deployment that no program declares any more", `${address}_3`, [inState], none, kept],
    ["a configuration that a deployment shows", configurationAddress, [inState], none, kept],
    ["a configuration that no deployment shows yet", configurationAddress, [notInState], none, allowed],
    ["one that no deployment shows yet, beside others", configurationAddress, [notInState, neighbour], none, allowed],
    ["one whose deployment is made again", configurationAddress, [inState], again, allowed],
    ["one that a second deployment shows", configurationAddress, [notInState, shared], none, kept],
    ["one that one of two deployments shows", configurationAddress, [inState, second], none, kept],
    ["one of two deployments, of which one is made again", configurationAddress, [inState, shared], again, kept],
    ["one that no Messenger of the program is wired to", configurationAddress, [unwired], none, kept],
    ["anything else", record, [inState], none, allowed],
  ])("%s", (_, of, messengers, recreated, expected) => {
    const actions: readonly PlannedAction[] = ["no-op", "read", "create", "update", "delete", "replace", "forget"];
    const verdicts = actions.map((action) => {
      const plan = { stackName: "shop", changes: [change(of, action)], hasChanges: true, text: "", file: "" };
      return [action, refusalsOf(plan, messengers, recreated).length === 0];
    });
    expect(Object.fromEntries(verdicts)).toEqual(expected);
  });
});

test("what was cut short excuses the replacement of no other deployment", () => {
  const other = { declared: { ...declared, address: `${address}_2` }, remembered: inOrder.remembered };
  const changes = [change(other.declared.address, "replace")];
  const plan = { stackName: "shop", changes, hasChanges: true, text: "", file: "" };
  const reasons = refusalsOf(plan, [{ declared, remembered: cutShort.remembered }, other]);
  expect(reasons).toEqual([expect.stringMatching(/would replace the deployment.*_2/)]);
});

const fails = (failure: TerraformFailure): TerraformError =>
  new TerraformError(failure, { stackName: "shop", command: "plan" }, `It failed: ${failure}`);

describe("where Terraform fails", () => {
  test.each<[TerraformFailure, object]>([
    ["failed", { outcome: "failed", reason: "It failed: failed" }],
    ["locked", { outcome: "failed", reason: "It failed: locked" }],
    ["interrupted", { outcome: "interrupted", reason: "It failed: interrupted" }],
    ["stale-state", { outcome: "failed", reason: "It failed: stale-state", overtaken: true }],
    ["stale-plan", { outcome: "failed", reason: "It failed: stale-plan", overtaken: true }],
  ])("%s", async (kind, expected) => {
    const { result } = await planned([inOrder], { script: { fails: { at: "plan", with: fails(kind) } } });
    expect(result).toEqual({ stack: stackOf("shop"), repairs: [], ...expected });
  });

  test.each<[TerraformStep, readonly TerraformStep[], number]>([
    ["back up", ["back up"], 0],
    ["push", ["back up", "push"], 0],
    ["plan", ["back up", "push", "plan"], 1],
    ["apply", ["back up", "push", "plan", "apply"], 1],
  ])("at %s: nothing follows, and the outcome has the repairs that were written", async (at, expected, written) => {
    const { result, steps } = await planned([emptied], { script: { fails: { at, with: fails("failed") } } });
    expect(steps).toEqual(expected);
    expect(result).toMatchObject({ outcome: "failed" });
    expect(result.repairs).toHaveLength(written);
    expect("backup" in result).toBe(written > 0);
  });

  test("what is not an error of Terraform fails the stack alone, too", async () => {
    const { result } = await planned([inOrder], { script: { fails: { at: "plan", with: "out of disk" } } });
    expect(result).toMatchObject({ outcome: "failed", reason: "out of disk" });
  });
});

describe("a plan that was made", () => {
  const plan = async (script: Script, messenger = inOrder, options: Partial<StackDeployOptions> = {}) => {
    const { result } = await planned([messenger], { script, options });
    if (!("plan" in result)) throw new Error(`There is no plan: ${result.reason ?? result.outcome}`);
    if (!(result.examined.terraform instanceof ScriptedTerraform)) throw new Error("Not scripted.");
    return { plan: result, steps: result.examined.terraform.steps };
  };
  const update = [domains(["example.com"], deployment.allowedDomains)];

  test.each<[string, readonly ResourceChange[], object]>([
    ["nothing", update, {}],
    ["one import", [change(address, "update", { importId: "d-1" })], { imported: 1 }],
    [
      "two imports and a release",
      [
        change(address, "no-op", { importId: "d-1" }),
        change(configurationAddress, "update", { importId: "c-1" }),
        change(`${address}_2`, "forget"),
      ],
      { imported: 2, released: 1 },
    ],
  ])("is applied, and the outcome says what changed hands: %s", async (_, changes, expected) => {
    const made = await plan({ changes });
    await expect(applyPlan(made.plan)).resolves.toEqual({
      stack: stackOf("shop"),
      repairs: [],
      outcome: "deployed",
      ...expected,
    });
    expect(made.steps).toEqual(["plan", "apply"]);
  });

  test.each<[TerraformFailure, object]>([
    ["failed", { outcome: "failed", attempted: true }],
    ["interrupted", { outcome: "interrupted", attempted: true }],
    ["stale-plan", { outcome: "failed", overtaken: true }],
  ])("is applied and fails, and the outcome says whether some of it may have been done: %s", async (kind, expected) => {
    const made = await plan({ changes: update, fails: { at: "apply", with: fails(kind) } });
    await expect(applyPlan(made.plan)).resolves.toEqual({
      stack: stackOf("shop"),
      repairs: [],
      reason: `It failed: ${kind}`,
      ...expected,
    });
  });

  test("is thrown away where it is declined", async () => {
    const made = await plan({ changes: update });
    await expect(declinePlan(made.plan)).resolves.toEqual({ stack: stackOf("shop"), repairs: [], outcome: "declined" });
    expect(made.steps).toEqual(["plan", "discard"]);
  });

  test("is thrown away after a repair, and the outcome says what stays written", async () => {
    const made = await plan({ changes: update }, emptied);
    const outcome = await declinePlan(made.plan);
    expect(outcome).toMatchObject({ outcome: "declined", repairs: [{ edit: { attribute: "allowed_domains" } }] });
    expect(outcome.reason).toContain("Terraform's state now matches what is live");
    expect(made.steps).toEqual(["back up", "push", "plan", "discard"]);
  });
});

test("what was read of Genesys decides no verdict by itself: a plan without changes leaves all as it is", async () => {
  const readings: readonly Partial<LiveReading>[] = [{}, { versions: notAsked }, { namesakes: notAsked }];
  for (const each of readings) {
    const { result } = await planned([messengerOf(reading({}, each))]);
    expect(result).toEqual({ stack: stackOf("shop"), repairs: [], outcome: "unchanged" });
  }
});
