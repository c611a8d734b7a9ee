import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noCredentials, type ProjectOptions } from "../../lib/operations/project";
import { type Preparation, prepareStack, stackIn } from "../../lib/operations/stand-in";
import { deploymentType } from "../../lib/terraform/declared-messengers";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { type State } from "../../lib/terraform/state";
import { neverPublishedMark } from "../../lib/terraform/state-edit";
import { Genesys } from "../audit/genesys";
import { stackOf } from "../cli/examined";
import {
  configurationAddress,
  deploymentAddress,
  environmentOf,
  type LiveShop,
  liveShop,
  ScriptedProject,
  shopStack,
} from "../cli/scripted-project";
import { type Script, ScriptedTerraform, type TerraformStep } from "../cli/scripted-terraform";

const start = Genesys.inTests();

/** What was done by hand since the last deploy, and the state that the stack has now. */
type Story = (shop: LiveShop, genesys: Genesys) => State | undefined;

interface Case {
  /** @default nothing was done, and the state is that of the last deploy */
  readonly story?: Story;
  /** @default the stack of the shop */
  readonly stack?: SynthesizedStack;
  /** The permissions of the OAuth client that asks. @default all */
  readonly permissions?: readonly string[];
  readonly options?: Partial<ProjectOptions>;
  readonly script?: Script;
}

/** Prepares the stack of a shop that an embedded Genesys Cloud has. */
async function shopOf({ story = lastDeploy, stack = shopStack("shop"), permissions, options, script }: Case = {}) {
  const genesys = await start();
  const state = story(liveShop(genesys), genesys);
  const terraform = new ScriptedTerraform(stack, { state: () => state, ...script });
  const client = permissions && (await limitedClient(genesys, permissions));
  const left: string[] = [];
  const project = new ScriptedProject([terraform], {
    environment: { ...environmentOf(genesys), ...client },
    ...options,
  });
  return {
    genesys,
    state,
    terraform,
    /** What an apply leaves is told apart. */
    prepare: async (writes: boolean) => {
      const { left: told = [], ...prepared } = await prepareStack(project, stack, { writes });
      left.splice(0, left.length, ...told);
      return prepared;
    },
    left,
  };
}

/** The variables of an OAuth client that has these permissions alone. */
async function limitedClient({ api }: Genesys, permissions: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const body = JSON.stringify({ id: "limited", secret: "limited-secret", permissions });
  expect(await fetch(`${api.url}/sandbox/clients`, { method: "POST", body })).toMatchObject({ status: 201 });
  return { GENESYSCLOUD_OAUTHCLIENT_ID: "limited", GENESYSCLOUD_OAUTHCLIENT_SECRET: "limited-secret" };
}

const lastDeploy: Story = ({ state }) => state();
const changed: Story = ({ live, state }, genesys) => {
  genesys.edit(live, { allowedDomains: ["example.com"] });
  return state();
};
const emptied: Story = ({ live, state }, genesys) => {
  genesys.edit(live, { allowedDomains: [] });
  return state();
};
const newerDeployed: Story = ({ live, state }, genesys) => {
  const { id } = live.state.configuration;
  genesys.publish(id);
  genesys.edit(live, { configuration: { id, version: "2" } });
  return state();
};
const deleted: Story = ({ live, state }, genesys) => {
  genesys.delete(live);
  return state();
};
const neverDeployed: Story = (shop, genesys) => {
  deleted(shop, genesys);
  return undefined;
};
const copied: Story = (shop, genesys) => {
  const { name, allowAllDomains, allowedDomains, configuration } = shop.live.state;
  genesys.create({ name, allowAllDomains, allowedDomains, configuration });
  return deleted(shop, genesys);
};
/** The answer to the creation was lost; beside that the program has dropped an output, which a plan shows. */
const unclaimed: Story = ({ state }) =>
  state({ without: [deploymentAddress], top: { outputs: { old: { value: "1", type: "string" } } } });
const cutShort: Story = ({ state }) => state({ deploymentInstance: { status: "tainted" } });
const neverPublished: Story = (shop, genesys) => {
  genesys.delete(shop.live);
  return shop.state({
    without: [deploymentAddress],
    configuration: { id: genesys.draft(), version: "DRAFT", description: "" },
    configurationInstance: { status: "tainted" },
  });
};
const emptiedState: Story = ({ state }) => ({ ...state(), readFrom: "/project/terraform.shop.tfstate.backup" });

/** The plan that the lock lets through makes the deployment. */
const creating: Script = { changes: [{ address: deploymentAddress, type: deploymentType, action: "create" }] };
const unreadable: Script = {
  state: () => {
    throw new Error("no permission");
  },
};
const { messengers, ...shop } = shopStack("shop");
/** The stack with a second deployment, of the same name and configuration. */
const two: SynthesizedStack = {
  ...shop,
  messengers: messengers.flatMap((each) => [each, { ...each, address: `${each.address}_2` }]),
};

const matching = (words: RegExp): string => expect.stringMatching(words) as string;
const nothing: Preparation = { outcome: "nothing" };
const unknown = (reason: RegExp): Preparation => ({ outcome: "unknown", reason: matching(reason) });
const refused = (...reasons: readonly RegExp[]): Preparation => ({
  outcome: "refused",
  reasons: reasons.map(matching),
});

const unread = /^[^;]*\[webDeployments:deployment:view\][^;]*; [^;]*\[webDeployments:configuration:view\][^;]*$/;

describe("before a command of Terraform", () => {
  test.each<[string, Case, { plan: Preparation; apply: Preparation; steps?: readonly TerraformStep[] }]>([
    ["nothing is done where all is well", {}, { plan: nothing, apply: nothing }],
    ["what the plan shows is left to it", { story: changed }, { plan: nothing, apply: nothing }],
    [
      "a stack that was never deployed gets a state for an apply, so that its lock works",
      { story: neverDeployed },
      { plan: nothing, apply: nothing, steps: ["claim"] },
    ],
    [
      "a deployment that was deleted by hand is not created again",
      { story: deleted },
      { plan: nothing, apply: refused(/^shop: the deployment .* no longer exists/, /deploy shop --recreate$/) },
    ],
    [
      "a deployment that was deleted by hand is not created again beside its copy",
      { story: copied },
      {
        plan: nothing,
        apply: refused(/^shop: the deployment .* no longer exists/, /^shop: Genesys Cloud has a/, /shop --recreate$/),
      },
    ],
    [
      "a deployment that no state has is not created a second time",
      { story: unclaimed, script: creating },
      {
        plan: nothing,
        steps: ["plan without refresh", "discard"],
        apply: refused(/^Genesys Cloud has a deployment "Shop" .* that no stack manages/),
      },
    ],
    [
      "a state that cannot be read is left to Terraform",
      { script: unreadable },
      { plan: unknown(/^no permission$/), apply: unknown(/^no permission$/) },
    ],
    [
      "what may not be read is told, each reason once",
      { stack: two, permissions: [] },
      { plan: unknown(unread), apply: unknown(unread) },
    ],
    [
      "nothing is corrected where the API does not say what to write",
      { story: newerDeployed, permissions: [] },
      { plan: unknown(unread), apply: refused(/ version 2 /, /^Repairing this requires access to the platform API/) },
    ],
  ])("%s", async (_, given, { plan, apply, steps = [] }) => {
    const { prepare, terraform } = await shopOf(given);
    expect(await prepare(false)).toEqual(plan);
    expect(terraform.steps).toEqual([]);
    expect(await prepare(true)).toEqual(apply);
    expect(terraform.steps).toEqual(steps);
  });

  const untainted = (address: string): object => ({ address, attribute: "tainted", value: false });
  const description = { address: configurationAddress, attribute: "description", value: neverPublishedMark };
  test.each<[string, Case, readonly object[], boolean]>([
    [
      "an emptied list",
      { story: emptied },
      [
        {
          edit: { address: deploymentAddress, attribute: "allowed_domains", value: null },
          why: matching(/^the list is empty: /),
        },
      ],
      false,
    ],
    [
      "a deployment whose creation was cut short",
      { story: cutShort },
      [{ edit: untainted(deploymentAddress), why: matching(/ its creation was cut short, but it exists/) }],
      false,
    ],
    [
      "a configuration that was never published, which a refresh would hide",
      { story: neverPublished },
      [
        { edit: untainted(configurationAddress), why: matching(/ its creation was cut short, but it exists/) },
        { edit: description, why: matching(/ was never published, /) },
      ],
      true,
    ],
    [
      "a state file that a killed run left empty, whatever may be read",
      { story: emptiedState, permissions: [] },
      [{ why: matching(/ is restored from "\/project\/terraform\.shop\.tfstate\.backup"$/) }],
      false,
    ],
  ])("a plan tells, and an apply corrects: %s", async (_, given, repairs, withoutRefresh) => {
    const { prepare, terraform } = await shopOf(given);
    expect(await prepare(false)).toEqual({ outcome: "blind", repairs });
    expect(terraform.steps).toEqual([]);
    const backup = "/project/.origins/backups/shop.tfstate";
    expect(await prepare(true)).toEqual({ outcome: "corrected", repairs, backup, withoutRefresh });
    expect(terraform.steps).toEqual(["back up", "push"]);
  });

  test("what exists and that no state has by then is not refused: another run has just made it", async () => {
    const { prepare, terraform } = await shopOf({ story: unclaimed });
    expect(await prepare(true)).toEqual({ outcome: "unknown", reason: "other runs kept changing the state" });
    expect(new Set(terraform.steps)).toEqual(new Set(["plan without refresh", "discard"]));
  });

  test("a deployment whose creation was cut short is waited for by an apply until it is Active", async () => {
    const soon = new Date(Date.now() + 300).toISOString();
    const pending: Story = (live, genesys) => {
      genesys.edit(live.live, {}, { status: "Pending", activeAt: soon });
      return cutShort(live, genesys);
    };
    const { prepare, left } = await shopOf({ story: pending });
    expect(await prepare(false)).toEqual(nothing);
    expect(left).toEqual([matching(/^the deployment is Pending: /)]);
    expect(await prepare(true)).toMatchObject({ outcome: "corrected" });
  });

  test("the corrected state is the old one with what is live", async () => {
    const { prepare, terraform, state } = await shopOf({ story: emptied });
    await prepare(true);
    const before = JSON.stringify({ ...state?.content, serial: (state?.serial ?? 0) + 1 });
    const domains = JSON.stringify(["example.com", "www.example.com"]);
    expect(terraform.pushed).toMatchObject([
      { content: JSON.parse(before.replace(`"allowed_domains":${domains}`, '"allowed_domains":null')) as object },
    ]);
  });

  test.each([false, true])("a stack without a Messenger needs no credentials (it writes: %s)", async (writes) => {
    const stack = stackOf("network", { messengers: [] });
    const { prepare, terraform, genesys } = await shopOf({ stack, options: { environment: {} } });
    expect(await prepare(writes)).toEqual(nothing);
    expect(terraform.steps).toEqual([]);
    expect(genesys.calls()).toEqual([]);
  });

  test.each([false, true])("missing credentials are told, and nothing is read (it writes: %s)", async (writes) => {
    const { prepare, genesys } = await shopOf({ script: unreadable, options: { environment: {} } });
    expect(await prepare(writes)).toEqual({ outcome: "unknown", reason: noCredentials });
    expect(genesys.calls()).toEqual([]);
  });

  test("an interruption ends it", async () => {
    const { prepare, terraform } = await shopOf({ options: { interruption: AbortSignal.abort() } });
    await expect(prepare(true)).rejects.toThrow("Interrupted while reading what Genesys Cloud serves.");
    expect(terraform.steps).toEqual([]);
  });

  test("a state that cannot be written is an error, after it was copied", async () => {
    const fails = { at: "push", with: new Error("locked") } as const;
    const { prepare, terraform } = await shopOf({ story: emptied, script: { fails } });
    await expect(prepare(true)).rejects.toBe(fails.with);
    expect(terraform.steps).toEqual(["back up", "push"]);
  });
});

describe("the stack in a folder", () => {
  let project: string;
  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "stand-in-")));
  });
  afterEach(() => {
    rmSync(project, { recursive: true });
  });

  /** Synthesises stacks of these names, and returns the folder of the stacks. */
  function synthesised(names: readonly string[], file = "cdk.tf.json"): string {
    const outdir = join(project, "cdktf.out");
    const manifest = names.map((name) => {
      const workingDirectory = `stacks/${name}`;
      mkdirSync(join(outdir, workingDirectory), { recursive: true });
      writeFileSync(join(outdir, workingDirectory, file), "{}");
      return [name, { constructPath: name, synthesizedStackPath: `${workingDirectory}/${file}`, workingDirectory }];
    });
    writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) as object }));
    return join(outdir, "stacks");
  }

  test.each(["brand", "shop"])("is the one that was synthesised into it, beside the others: %s", (name) => {
    const stacks = synthesised(["brand", "shop"]);
    const found = stackIn(join(stacks, name));
    expect(found?.own).toMatchObject({ name, folder: join(stacks, name) });
    expect(found?.stacks.map((each) => each.name)).toEqual(["brand", "shop"]);
    expect(found?.stacks).toContain(found?.own);
  });

  test("is found through a link", () => {
    const stacks = synthesised(["shop"]);
    const link = join(project, "link");
    symlinkSync(join(project, "cdktf.out"), link, "junction");
    expect(stackIn(join(link, "stacks", "shop"))?.own).toMatchObject({ name: "shop" });
    symlinkSync(stacks, join(project, "cdktf.out", "linked"), "junction");
    expect(stackIn(join(project, "cdktf.out", "linked", "shop"))?.own).toMatchObject({ name: "shop" });
  });

  test("is not known in a folder that the manifest does not name", () => {
    const stacks = synthesised(["shop"]);
    mkdirSync(join(stacks, "old"));
    expect(stackIn(join(stacks, "old"))).toBeUndefined();
  });

  test("is not known without a synthesis", () => {
    expect(stackIn(join(project, "terraform", "shop"))).toBeUndefined();
  });

  test("is not known where it is written in Terraform's own language", () => {
    expect(stackIn(join(synthesised(["shop"], "cdk.tf"), "shop"))).toBeUndefined();
  });
});
