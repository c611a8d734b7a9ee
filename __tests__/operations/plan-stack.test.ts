import { LiveStates } from "../../lib/audit/visitors";
import { planStack, type StackPlan } from "../../lib/operations/plan-stack";
import { type ResourceChange } from "../../lib/terraform/plan";
import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { Genesys } from "../audit/genesys";
import {
  deploymentAddress,
  environmentOf,
  type LiveShop,
  liveShop,
  ScriptedProject,
  type ShopState,
  shopStack,
} from "../cli/scripted-project";
import { type Script, ScriptedTerraform } from "../cli/scripted-terraform";

const start = Genesys.inTests();
const type = "genesyscloud_webdeployments_deployment";
const change = (action: ResourceChange["action"], more: Partial<ResourceChange> = {}): ResourceChange => ({
  address: deploymentAddress,
  type,
  action,
  ...more,
});
const unchanged = { outcome: "unknown", reason: "the plan does not change the deployment" };

interface Planned {
  readonly script?: (shop: LiveShop) => Script;
  /** What the state has; null where there is none. @default what the last deploy left */
  readonly state?: ShopState | null;
  readonly interruption?: AbortSignal;
}

/** Plans the shop, whose live list has lost one of its domains. */
async function plan({ script = () => ({}), state = {}, interruption }: Planned = {}) {
  const genesys = await start();
  const shop = liveShop(genesys);
  genesys.edit(shop.live, { allowedDomains: ["example.com"] });
  const terraform = new ScriptedTerraform(shopStack("shop"), {
    state: () => (state === null ? undefined : shop.state(state)),
    ...script(shop),
  });
  const project = new ScriptedProject([terraform], {
    environment: environmentOf(genesys),
    ...(interruption && { interruption }),
  });
  return { planned: await planStack(project, terraform.stack, new LiveStates()), steps: terraform.steps };
}

const liveOf = (planned: StackPlan): unknown =>
  "problem" in planned ? planned.problem : planned.messengers.map(({ live }) => live);

const served = {
  outcome: "served",
  source: "the platform API",
  status: "Active",
  policy: { allowAllDomains: false, allowedDomains: ["example.com"] },
};

describe("a plan is laid beside what is live of a deployment", () => {
  test.each<[string, Planned, object]>([
    ["that it changes", { script: () => ({ changes: [change("update")] }) }, served],
    [
      "that it imports and changes",
      { state: null, script: ({ live }) => ({ changes: [change("update", { importId: live.state.id })] }) },
      served,
    ],
    ["but not of one that it leaves alone", {}, unchanged],
    [
      "but not of one beside another that it changes",
      { script: () => ({ changes: [change("update", { address: `${type}.Other` })] }) },
      unchanged,
    ],
    ["but not of one that neither the state nor the plan has", { state: null }, unchanged],
    ["but not of one that it makes", { state: null, script: () => ({ changes: [change("create")] }) }, unchanged],
    ["but not of one that is not known", { state: null, script: () => ({ changes: [change("update")] }) }, unchanged],
  ])("%s", async (_, given, expected) => {
    const { planned, steps } = await plan(given);
    expect(liveOf(planned)).toMatchObject([expected]);
    expect(steps).toEqual(["plan", "discard"]);
  });
});

test("a plan comes with the reasons why a deploy would not apply it", async () => {
  const { planned } = await plan({ script: () => ({ changes: [change("delete")] }) });
  expect(planned).toMatchObject({ refusals: [expect.stringContaining(deploymentAddress)] });
  expect((await plan()).planned).toMatchObject({ refusals: [] });
});

describe("there is no plan, and the reason is told", () => {
  const said = (failure: TerraformFailure): TerraformError =>
    new TerraformError(failure, { stackName: "shop", command: "plan" }, "Said Terraform.");
  const fails = (failure: TerraformFailure): Script => ({ fails: { at: "plan", with: said(failure) } });
  const unread: Script = {
    state: () => {
      throw said("refused");
    },
  };
  const tainted: ShopState = { deploymentInstance: { status: "tainted" } };

  test.each<[string, Planned, RegExp]>([
    ["where Terraform fails", { script: () => fails("failed") }, /^Said Terraform\.$/],
    ["where Terraform refuses", { script: () => fails("refused") }, /^Said Terraform\.$/],
    ["where Terraform refuses to read the state", { script: () => unread }, /^Said Terraform\.$/],
    ["where Terraform fails over a creation cut short", { script: () => fails("failed"), state: tainted }, /^Said/],
    [
      "where Terraform would replace what was cut short",
      { script: () => fails("refused"), state: tainted },
      /^the creation of the deployment ".+" was cut short/,
    ],
    ["after an interruption", { interruption: AbortSignal.abort() }, /^Interrupted while reading/],
  ])("%s", async (_, given, reason) => {
    const { planned } = await plan(given);
    expect(planned).toEqual({ stack: planned.stack, problem: expect.stringMatching(reason) as string });
  });
});
