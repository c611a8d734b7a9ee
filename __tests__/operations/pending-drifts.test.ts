import { keptWords, pendingDrifts } from "../../lib/operations/audit-subject";
import { type Drift } from "../../lib/audit/drift";
import { type DeclaredMessenger } from "../../lib/terraform/declared-messengers";
import { recordAt } from "../../lib/base/json";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { listOf } from "../audit/lists";
import {
  configurationAddress as configuration,
  deploymentAddress as deployment,
  type ShopProgram,
  shopStack,
  type ShopState,
  shopState,
} from "../cli/scripted-project";

const derived = listOf("example.com", "www.example.com");
const old = "genesyscloud_webdeployments_deployment.Old";
const undeclared: ShopState = {
  others: [{ mode: "managed", type: old.split(".")[0], name: "Old", instances: [{ attributes: { id: "d-9" } }] }],
};
const topic = { aws_sns_topic: { Alarm: { name: "alarm" } } };
const saved: ShopState = { top: { outputs: { v: { value: "2", type: "string" } } } };
const inState = (id?: string): ShopState => ({
  others: [{ mode: "managed", type: "aws_sns_topic", name: "Alarm", instances: [{ attributes: { id } }] }],
});
const letGo: ShopProgram = { blocks: { removed: [{ from: old, lifecycle: { destroy: false } }] } };

interface Case {
  readonly program?: ShopProgram;
  readonly state?: ShopState;
  /** @default what the program declares */
  readonly policy?: "unknown";
  /** The resources that the program declares beside the shop, by type and name. */
  readonly beside?: object;
}

/** A stack that declares the shop and other resources. */
function stackWith(beside: object, program?: ShopProgram): SynthesizedStack {
  const stack = shopStack("shop", program);
  return {
    ...stack,
    content: { ...stack.content, resource: { ...recordAt(stack.content ?? {}, "resource"), ...beside } },
  };
}

/** What an audit is told of the only Messenger of a stack. */
function drifts({ program, state, policy, beside = {} }: Case): readonly Drift[] {
  const stack = stackWith(beside, program);
  return stack.messengers.flatMap((declared) =>
    pendingDrifts(
      stack,
      shopState(state),
      { declared, derived: policy === "unknown" ? undefined : derived },
      "tofu -chdir=shop",
    ),
  );
}

describe("what the next deploy changes whatever is live", () => {
  test.each<[string, Case]>([
    ["the state has what the program declares", {}],
    ["another status, which the audit compares with what is live", { program: { deployment: { status: "Inactive" } } }],
    [
      "another list, which the audit compares, too",
      { program: { deployment: { allowed_domains: ["new.example.com"] } } },
    ],
  ])("nothing: %s", (_, given) => {
    expect(drifts(given)).toEqual([]);
  });

  const destroyed =
    "which the program does not declare: the next deploy destroys it (with --auto-approve only if --allow-destroy is set)";
  const other: Case = {
    program: { deployment: { name: "Brand", status: "Inactive", allowed_domains: ["example.org"] } },
  };
  test.each<[string, Case, string]>([
    [
      "arguments of the deployment",
      other,
      "the program sets other values for the deployment than the last deploy (name)",
    ],
    [
      "the list as well, where the audit has none to compare",
      { ...other, policy: "unknown" },
      "the program sets other values for the deployment than the last deploy (allowed_domains, name)",
    ],
    [
      "arguments of the configuration",
      { program: { configuration: { languages: ["en-us", "de"] } } },
      "the program sets other values for the configuration than the last deploy (languages)",
    ],
    [
      "an address",
      {
        program: { blocks: { moved: [{ from: old, to: deployment }] } },
        state: { ...undeclared, others: [{ ...shopDeployment(), name: "Old" }], without: [deployment] },
      },
      `"${old}" becomes "${deployment}" in Terraform's state: nothing changes for visitors`,
    ],
    [
      "outputs that the state lacks",
      {
        program: {
          blocks: { output: { id: { value: `\${${deployment}.id}` }, v: { value: `\${${configuration}.version}` } } },
        },
      },
      "the state lacks outputs of the stack (id, v), because an apply was cut short or they are new",
    ],
    [
      "outputs that the program gives another value",
      { program: { blocks: { output: { v: { value: "3" } } } }, state: saved },
      "the program sets other values for outputs of the stack than the last deploy (v)",
    ],
    [
      "outputs that the program does not declare",
      { state: saved },
      "the state has outputs that the program does not declare (v)",
    ],
    [
      "a resource that the state does not have",
      { beside: topic },
      `Terraform's state does not have "aws_sns_topic.Alarm", which the program declares`,
    ],
    [
      "a resource of another kind that the program does not declare",
      { state: inState("t-1") },
      `Terraform's state has "aws_sns_topic.Alarm" ("t-1"), ${destroyed}`,
    ],
    ["the same without an id", { state: inState() }, `Terraform's state has "aws_sns_topic.Alarm", ${destroyed}`],
    [
      "what the program lets go of",
      { state: undeclared, program: letGo },
      `Terraform's state has "${old}" ("d-9"), which the program does not declare: the next deploy releases it without changing it`,
    ],
  ])("%s", (_, given, message) => {
    expect(drifts(given)).toEqual([
      { kind: "undeployed-change", mendedBy: "deploy", message: `not deployed yet: ${message}` },
    ]);
  });

  test("what the program does not declare and does not let go of is left to a person", () => {
    expect(drifts({ state: undeclared })).toEqual([
      {
        kind: "undeployed-change",
        mendedBy: "person",
        message: expect.stringMatching(/"d-9".*Terraform would destroy it.*renamedFrom.*ReleasedMessenger/) as string,
      },
    ]);
  });

  test.each<[string, ShopState, string]>([
    ["deployment", { deploymentInstance: { status: "tainted" } }, 'the creation of the deployment "d-1" was cut short'],
    [
      "configuration",
      { configurationInstance: { status: "tainted" } },
      `Terraform's state marks "${configuration}" as tainted`,
    ],
  ])("a %s whose creation was cut short is for a repair", (_, state, words) => {
    expect(drifts({ state })).toEqual([
      { kind: "tainted", mendedBy: "repair", message: expect.stringContaining(words) as string },
    ]);
  });

  test.each<[string, ShopProgram, string]>([
    [
      "is made again",
      {},
      `a deploy creates another configuration, which pages then show. To keep the current one: tofu -chdir=shop import ${configuration} c-1`,
    ],
    ["is imported", { blocks: { import: [{ to: configuration, id: "c-1" }] } }, 'the next deploy imports "c-1"'],
  ])("a configuration that is missing from the state %s", (_, program, words) => {
    expect(drifts({ program, state: { without: [configuration] } })).toEqual([
      {
        kind: "configuration-missing",
        mendedBy: "deploy",
        message: `Terraform's state has the deployment, but not its configuration "c-1": ${words}`,
      },
    ]);
  });

  test("what a stack has beside its Messengers is told once, of the first of them", () => {
    const one = shopStack("shop").messengers;
    const second = one.map((declared): DeclaredMessenger => ({ ...declared, address: `${declared.address}_2` }));
    const stack = { ...stackWith(topic), messengers: [...second, ...one] };
    const told = stack.messengers.map((declared) =>
      pendingDrifts(stack, shopState(undeclared), { declared, derived }, "terraform").map(({ message }) => message),
    );
    expect(told).toEqual([[], [expect.stringContaining(old), expect.stringContaining("aws_sns_topic.Alarm")]]);
  });
});

test("what changes of a Messenger itself is told of each of them", () => {
  const stack = stackWith(topic, { deployment: { name: "Brand" } });
  const first = stack.messengers.map((declared): DeclaredMessenger => ({ ...declared, address: `${old}_0` }));
  const [declared] = stack.messengers;
  if (declared === undefined) throw new Error("The stack has no Messenger.");
  const both = { ...stack, messengers: [...first, declared] };
  expect(pendingDrifts(both, shopState(undeclared), { declared, derived }, "terraform")).toEqual([
    expect.objectContaining({
      message: expect.stringContaining("other values for the deployment than the last deploy (name)") as string,
    }),
  ]);
});

function shopDeployment(): object {
  const resources = shopState().content["resources"];
  const found: unknown = Array.isArray(resources) ? resources[1] : undefined;
  if (typeof found !== "object" || found === null) throw new Error("The test's state has no deployment.");
  return found;
}

describe("what the provider keeps although the program leaves it out", () => {
  const kept = (program: ShopProgram, state: ShopState): ReturnType<typeof keptWords> => {
    const stack = shopStack("shop", program);
    const [declared] = stack.messengers;
    if (declared === undefined) throw new Error("The stack has no Messenger.");
    return keptWords(stack, shopState(state), declared);
  };
  const party = { allow_camera: true, allow_microphone: false, allow_screen_share: false };
  const program: ShopProgram = {
    configuration: { video: { enabled: true, user: party }, messenger: { enabled: true } },
  };
  const block = { video: [{ enabled: true, agent: [{ ...party, background: "NONE" }], user: [party] }] };
  const value = { messenger: [{ enabled: true, session_persistence_type: "AcrossSubdomains" }] };
  const drift = {
    kind: "undeployed-change",
    mendedBy: "person",
    message: expect.stringContaining("Genesys has blocks that the program omits (video.agent)") as string,
  };
  const note =
    'Genesys has messenger.session_persistence_type = "AcrossSubdomains", which the program omits: it stays so until the program declares it';

  test.each<[string, object, object]>([
    ["nothing", {}, { drifts: [], notes: [] }],
    ["a block is drift", block, { drifts: [drift], notes: [] }],
    ["a single value is worth a note", value, { drifts: [], notes: [note] }],
    ["both", { ...block, ...value }, { drifts: [drift], notes: [note] }],
  ])("%s", (_, configuration, expected) => {
    const silent = { video: [{ enabled: true, user: [party] }], messenger: [{ enabled: true }] };
    expect(kept(program, { configuration: { ...silent, ...configuration } })).toEqual(expected);
  });
});
