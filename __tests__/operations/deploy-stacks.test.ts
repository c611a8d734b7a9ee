import { renderPlan, renderRepairs } from "../../lib/cli/report/plan-report";
import { asPlanned } from "../../lib/operations/plan-stack";
import { type Confirm, type Wording } from "../../lib/operations/callbacks";
import { type DeployingProject, deployStacks } from "../../lib/operations/deploy-stacks";
import { type Examination, type ExaminedMessenger, type ExaminedStack } from "../../lib/operations/examine";
import { type StackOutcome } from "../../lib/operations/outcome";
import { step } from "../../lib/cli/terminal/step";
import { type ResourceChange } from "../../lib/terraform/plan";
import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { deployment, reading } from "../audit/subjects";
import { stateOf } from "../terraform/messenger-state";
import { declared, messengerOf, stackOf } from "../cli/examined";
import { type Script, ScriptedTerraform } from "../cli/scripted-terraform";

const { address } = declared;
const type = "genesyscloud_webdeployments_deployment";
const update: ResourceChange = {
  address,
  type,
  action: "update",
  before: { allowed_domains: ["example.com"] },
  after: { allowed_domains: deployment.allowedDomains },
};
const destroyed: ResourceChange = { address: "aws_route53_record.shop", type: "aws_route53_record", action: "delete" };

/** A Messenger as Terraform made it, unchanged since, with that id. */
const messengerWithId = (id: string): ExaminedMessenger =>
  messengerOf(reading({ id }), { state: { ...deployment, id } });
const emptied = messengerOf(reading({ allowedDomains: [] }));

const { isTTY } = process.stderr;
beforeAll(() => {
  process.stderr.isTTY = false; // a terminal has a spinner instead of a line
});
afterAll(() => {
  process.stderr.isTTY = isTTY;
});

interface Stack {
  readonly script?: Script;
  readonly messenger?: ExaminedMessenger;
  readonly dependencies?: readonly string[];
}

/** A stack with one Messenger, with its own state and deployment. */
function stack(name: string, { script, messenger = messengerWithId(`d-${name}`), dependencies = [] }: Stack = {}) {
  const synthesized = stackOf(name, { dependencies });
  const terraform = new ScriptedTerraform(synthesized, script);
  const state = stateOf({ deploymentId: `d-${name}` });
  return { stack: synthesized, terraform, state, messengers: [messenger] } satisfies ExaminedStack;
}

const broken = (name: string, problem: unknown): Examination => ({ stack: stackOf(name), problem });
const fails = (failure: TerraformFailure): TerraformError =>
  new TerraformError(failure, { stackName: "shop", command: "apply" }, `It failed: ${failure}`);

/** Answers in that order, and remembers the questions. */
function answering(...answers: readonly boolean[]) {
  const questions: string[] = [];
  const confirm: Confirm = (question) => {
    const answer = answers[questions.length];
    questions.push(question);
    if (answer === undefined) throw new Error(`Unexpected question: ${question}`);
    return Promise.resolve(answer);
  };
  return { confirm, questions };
}

interface Run {
  readonly options?: Partial<DeployingProject["options"]>;
  readonly confirm?: Confirm;
  /** What the stacks are found to be each time that they are read again. @default they are not */
  readonly readAgain?: readonly (readonly Examination[])[];
}

const wording: Wording = {
  drifts: () => [],
  repairs: renderRepairs,
  plan: (name, plan, messengers) => renderPlan(name, plan, messengers.map(asPlanned)),
};

/** Deploys; without a question unless there is someone to ask. */
async function deploy(examinations: readonly Examination[], { options, confirm, readAgain = [] }: Run = {}) {
  const lines: string[] = [];
  const read: (readonly string[])[] = [];
  const project: DeployingProject = {
    program: "terraform",
    stacks: examinations.map(({ stack }) => stack),
    options: { interruption: new AbortController().signal, print: (line) => lines.push(line), step, ...options },
    each: (items, work) => Promise.all(items.map(work)),
  };
  const outcomes = await deployStacks(project, examinations, {
    confirm,
    wording,
    readAgain(stacks) {
      const found = readAgain[read.length];
      read.push(stacks.map(({ name }) => name));
      return found === undefined ? Promise.reject(new Error("Interrupted")) : Promise.resolve(found);
    },
  });
  return { outcomes, read, said: lines.join("\n") };
}

/** The lines that steps leave behind. */
const stepsIn = (said: string): readonly string[] =>
  said.split("\n").flatMap((line) => /^ {2}([✔✖] .*) \(\d+\.\d s\)$/.exec(line)?.[1] ?? []);

const inWords = (outcomes: readonly StackOutcome[]): readonly string[] =>
  outcomes.map((each) => `${each.stack.name}: ${each.outcome}`);

describe("stacks that depend on each other", () => {
  test("are deployed in the order of their dependencies, and told in that of the program", async () => {
    const steps: string[] = [];
    const seen = (name: string, ...dependencies: readonly string[]): ExaminedStack => {
      const each = stack(name, { script: { changes: [update] }, dependencies });
      each.terraform.onStep = (step) => steps.push(`${name}: ${step}`);
      return each;
    };
    const { outcomes } = await deploy([seen("shop", "look"), seen("look")]);
    expect(inWords(outcomes)).toEqual(["shop: deployed", "look: deployed"]);
    expect(steps).toEqual(["look: plan", "look: apply", "shop: plan", "shop: apply"]);
  });

  const applyFails: Script = { changes: [update], fails: { at: "apply", with: fails("failed") } };
  test.each<[string, Examination, string]>([
    ["could not be examined", broken("look", new Error("no state")), "failed"],
    ["could not be planned", stack("look", { script: { fails: { at: "plan", with: fails("locked") } } }), "failed"],
    ["could not be applied", stack("look", { script: applyFails }), "failed"],
    [
      "was interrupted",
      stack("look", { script: { fails: { at: "plan", with: fails("interrupted") } } }),
      "interrupted",
    ],
    ["was refused", stack("look", { script: { changes: [destroyed] } }), "refused"],
  ])("are skipped where one of which they depend %s, and others are not", async (_, look, outcome) => {
    const shop = stack("shop", { script: { changes: [update] }, dependencies: ["look"] });
    const cart = stack("cart", { dependencies: ["shop"] });
    const other = stack("other", { script: { changes: [update] } });
    const { outcomes } = await deploy([look, shop, cart, other]);
    expect(inWords(outcomes)).toEqual([`look: ${outcome}`, "shop: skipped", "cart: skipped", "other: deployed"]);
    expect(outcomes[1]?.reason).toBe('It depends on "look", which was not deployed.');
    expect(shop.terraform.steps).toEqual([]);
  });

  test("are deployed where what they depend on needs no change, or is not among the stacks", async () => {
    const { outcomes } = await deploy([
      stack("look"),
      stack("shop", { script: { changes: [update] }, dependencies: ["look", "elsewhere"] }),
    ]);
    expect(inWords(outcomes)).toEqual(["look: unchanged", "shop: deployed"]);
  });
});

describe("what is told of a stack that was not planned", () => {
  const repairs: StackOutcome["repairs"] = [];

  test("is why it could not be examined", async () => {
    const { outcomes, said } = await deploy([broken("look", new Error("no state"))]);
    expect(outcomes).toStrictEqual([{ stack: stackOf("look"), repairs, outcome: "failed", reason: "no state" }]);
    expect(said).toBe("");
  });

  test("is what it depends on", async () => {
    const { outcomes } = await deploy([broken("look", new Error("no")), stack("shop", { dependencies: ["look"] })]);
    const reason = 'It depends on "look", which was not deployed.';
    expect(outcomes[1]).toStrictEqual({
      stack: stackOf("shop", { dependencies: ["look"] }),
      repairs,
      outcome: "skipped",
      reason,
    });
  });

  test("is whose state it has; nothing is asked or shown", async () => {
    const copies = ["shop", "copy"].map((name) => ({ ...stack(name, { messenger: messengerOf() }), state: stateOf() }));
    const { outcomes, said } = await deploy(copies, { confirm: answering().confirm });
    expect(outcomes[0]).toStrictEqual({
      stack: stackOf("shop"),
      repairs,
      outcome: "refused",
      reason: expect.stringContaining("one of them is a copy") as string,
    });
    expect(said).toBe("");
  });
});

describe("a step ends as a success only where every stack is as the program wants it, or can be", () => {
  const changed: Stack = { script: { changes: [update] } };
  const refused: Stack = { script: { changes: [destroyed] } };
  const failing: Stack = { script: { changes: [update], fails: { at: "apply", with: fails("failed") } } };
  const gone: Stack = { messenger: messengerOf(reading({}, { api: { outcome: "gone" } })) };

  test.each<[string, readonly Stack[], readonly string[]]>([
    ["one that is deployed", [changed], ["✔ terraform plan and apply of 1 stack"]],
    ["one that is deployed and one that needs nothing", [changed, {}], ["✔ terraform plan and apply of 2 stacks"]],
    ["one that is deployed and one that is refused", [changed, refused], ["✖ terraform plan and apply of 2 stacks"]],
  ])("without a question: %s", async (_, stacks, expected) => {
    const { said } = await deploy(stacks.map((each, index) => stack(`shop-${index}`, each)));
    expect(stepsIn(said)).toEqual(expected);
  });

  test.each<[string, readonly Stack[], readonly string[]]>([
    ["one to change", [changed], ["✔ terraform plan of 1 stack", "✔ terraform apply of 1 stack"]],
    [
      "one to change and one that needs nothing",
      [changed, {}],
      ["✔ terraform plan of 2 stacks", "✔ terraform apply of 1 stack"],
    ],
    ["one that needs nothing", [{}], ["✔ terraform plan of 1 stack"]],
    [
      "one to change and one that is refused",
      [changed, gone],
      ["✖ terraform plan of 2 stacks", "✔ terraform apply of 1 stack"],
    ],
    ["one that is refused", [gone], ["✖ terraform plan of 1 stack"]],
    [
      "two to change, of which one fails",
      [changed, failing],
      ["✔ terraform plan of 2 stacks", "✖ terraform apply of 2 stacks"],
    ],
  ])("with a question: %s", async (_, stacks, expected) => {
    const { said } = await deploy(
      stacks.map((each, index) => stack(`shop-${index}`, each)),
      { confirm: answering(true).confirm },
    );
    expect(stepsIn(said)).toEqual(expected);
    expect(said).not.toContain("backup:");
  });
});

describe("what is done only where it is told to", () => {
  const created: Script = { changes: [{ address, type, action: "create" }] };
  const gone = messengerOf(reading({}, { api: { outcome: "gone" } }));
  const namesakes = { outcome: "served", deployments: [{ ...deployment, id: "d-9" }] } as const;
  const unclaimed = messengerOf(
    reading({}, { api: { outcome: "not-asked", reason: "it was never deployed" }, namesakes }),
    {
      state: undefined,
      declared: { name: "Shop", configurationId: "c-1" },
    },
  );

  test.each<[string, ExaminedMessenger, Partial<DeployingProject["options"]>]>([
    ["a deployment that was deleted by hand is made again", gone, { recreate: true }],
    ["a deployment is made although one that looks like it is there", unclaimed, { new: true }],
  ])("%s", async (_, messenger, options) => {
    const shop = (): ExaminedStack => stack("shop", { messenger, script: created });
    expect(inWords((await deploy([shop()])).outcomes)).toEqual(["shop: refused"]);
    expect(inWords((await deploy([shop()], { options })).outcomes)).toEqual(["shop: deployed"]);
  });
});

test("stacks whose states have the same deployment are refused, and Terraform is not asked", async () => {
  const copies = [stack("shop", { messenger: messengerOf() }), stack("copy", { messenger: messengerOf() })].map(
    (each) => ({ ...each, state: stateOf() }),
  );
  const { outcomes } = await deploy([...copies, stack("other")]);
  expect(inWords(outcomes)).toEqual(["shop: refused", "copy: refused", "other: unchanged"]);
  expect(outcomes[0]?.reason).toContain("one of them is a copy");
  expect(copies.flatMap(({ terraform }) => terraform.steps)).toEqual([]);
});

describe("where someone is asked", () => {
  const changed = { script: { changes: [update] } };

  test("nothing is asked where nothing is to be done", async () => {
    const { confirm, questions } = answering();
    const { outcomes } = await deploy([stack("shop")], { confirm });
    expect(inWords(outcomes)).toEqual(["shop: unchanged"]);
    expect(questions).toEqual([]);
  });

  test.each([
    [[stack("shop", changed)], "Apply this plan?", 1],
    [[stack("shop", changed), stack("look", changed), stack("other")], "Apply these 2 plans?", 2],
  ])("the plans of a wave are shown and applied after one yes: %#", async (stacks, question, deployed) => {
    const { confirm, questions } = answering(true);
    const { outcomes, said } = await deploy(stacks, { confirm });
    expect(questions).toEqual([question]);
    expect(outcomes.filter(({ outcome }) => outcome === "deployed")).toHaveLength(deployed);
    expect(said.match(/What Terraform does to/g)).toHaveLength(deployed);
  });

  test("a no to the plans throws each of them away, and what was found before is told", async () => {
    const stacks = [stack("shop", changed), stack("look", changed), stack("other")];
    const { outcomes } = await deploy(stacks, { confirm: answering(false).confirm });
    expect(inWords(outcomes).toSorted()).toEqual(["look: declined", "other: unchanged", "shop: declined"]);
    expect(stacks.map(({ terraform }) => terraform.steps.join())).toEqual([
      "plan,discard",
      "plan,discard",
      "plan,discard",
    ]);
  });

  test("what is to be written into the states is shown before it is written; a no leaves all of them alone", async () => {
    const stacks = [stack("shop", { messenger: emptied }), stack("look", changed)];
    const { confirm, questions } = answering(false);
    const { outcomes, said } = await deploy(stacks, { confirm });
    expect(questions).toEqual([
      "Write these changes to the state? Genesys Cloud does not change until the plan is applied.",
    ]);
    expect(said).toContain("Terraform's state does not match what is live");
    expect(inWords(outcomes)).toEqual(["shop: declined", "look: declined"]);
    expect(outcomes.map(({ repairs }) => repairs)).toEqual([[], []]);
    expect(stacks.flatMap(({ terraform }) => terraform.steps)).toEqual([]);
  });

  test("two yeses write and apply, and the copy of the state is named", async () => {
    const { outcomes, said } = await deploy([stack("shop", { messenger: emptied, ...changed })], {
      confirm: answering(true, true).confirm,
    });
    expect(outcomes).toMatchObject([{ outcome: "deployed", backup: "/project/.origins/backups/shop.tfstate" }]);
    expect(said).toContain("backup: /project/.origins/backups/shop.tfstate");
  });

  test("a plan that destroys something is shown like any other: the yes is to it as well", async () => {
    const shop = stack("shop", { script: { changes: [destroyed] } });
    const { outcomes } = await deploy([shop], { confirm: answering(true).confirm });
    expect(inWords(outcomes)).toEqual(["shop: deployed"]);
  });
});

test.each<[string, Partial<DeployingProject["options"]>, string]>([
  ["a destruction", {}, "refused"],
  ["a destruction that is allowed", { allowDestroy: true }, "deployed"],
  ["a destruction that is allowed, in a repair", { allowDestroy: true, onlyDrift: true }, "refused"],
])("without a prompt, %s", async (_, options, outcome) => {
  const { outcomes } = await deploy([stack("shop", { script: { changes: [destroyed] } })], { options });
  expect(inWords(outcomes)).toEqual([`shop: ${outcome}`]);
});

describe("a stack that another run has changed meanwhile", () => {
  const overtaken = (
    at: "push" | "plan" | "apply",
    failure: TerraformFailure,
    messenger?: ExaminedMessenger,
  ): ExaminedStack =>
    stack("shop", {
      ...(messenger !== undefined && { messenger }),
      script: { changes: [update], fails: { at, with: fails(failure) } },
    });

  test.each([
    ["push", "stale-state", emptied],
    ["apply", "stale-plan", undefined],
  ] as const)("is read and planned again: %s fails with %s", async (at, failure, messenger) => {
    const { outcomes, read, said } = await deploy([overtaken(at, failure, messenger), stack("other")], {
      readAgain: [[stack("shop")]],
    });
    expect(inWords(outcomes)).toEqual(["shop: unchanged", "other: unchanged"]);
    expect(read).toEqual([["shop"]]);
    expect(said).toContain("Another run changed shop in the meantime: reading and planning again");
  });

  test("is read again five times at most, and the last failure is told", async () => {
    const again = Array.from({ length: 9 }, () => [overtaken("apply", "stale-plan")]);
    const { outcomes, read } = await deploy([overtaken("apply", "stale-plan")], { readAgain: again });
    expect(read).toHaveLength(4);
    expect(outcomes).toMatchObject([{ outcome: "failed", reason: "It failed: stale-plan" }]);
  });

  const loses: Script = { changes: [update], fails: { at: "apply", with: fails("stale-plan") } };
  const gone = messengerOf(reading({}, { api: { outcome: "gone" } }));
  const again = { address, was: "d-1" };
  const inOrder: Stack = {};
  test.each<[string, readonly [first: Stack, second: Stack], object]>([
    ["nothing, where nothing was written", [{ script: loses }, inOrder], { repairs: 0 }],
    [
      "the first copy of its state, and all repairs",
      [
        { messenger: emptied, script: { ...loses, backup: "/first" } },
        { messenger: emptied, script: { backup: "/second" } },
      ],
      { repairs: 2, backup: "/first" },
    ],
    [
      "the copy of the first attempt",
      [{ messenger: emptied, script: { ...loses, backup: "/first" } }, inOrder],
      { repairs: 1, backup: "/first" },
    ],
    [
      "the copy of the second attempt",
      [{ script: loses }, { messenger: emptied, script: { backup: "/second" } }],
      { repairs: 1, backup: "/second" },
    ],
    [
      "what is made again",
      [{ messenger: gone, script: { ...loses, backup: "/first" } }, inOrder],
      { repairs: 1, backup: "/first", recreated: [again] },
    ],
    [
      "what is made again by the second attempt",
      [{ script: loses }, { messenger: gone, script: { backup: "/second" } }],
      { repairs: 1, backup: "/second", recreated: [again] },
    ],
  ])("keeps %s", async (_, [first, second], expected) => {
    const options = { recreate: true };
    const readAgain = [[stack("shop", second)]];
    const { outcomes } = await deploy([stack("shop", first)], { options, readAgain });
    const [{ stack: of, repairs, ...told } = { stack: stackOf("?"), repairs: [] }] = outcomes;
    expect({ ...told, repairs: repairs.length }).toStrictEqual({ outcome: "unchanged", ...expected });
    expect(of.name).toBe("shop");
  });

  test("fails where it cannot be read again", async () => {
    const { outcomes } = await deploy([overtaken("apply", "stale-plan")], {
      readAgain: [[broken("shop", new Error("no state"))]],
    });
    expect(outcomes).toStrictEqual([{ stack: stackOf("shop"), repairs: [], outcome: "failed", reason: "no state" }]);
  });

  test("stays as it failed where the run is interrupted, and what depends on it is skipped", async () => {
    const shop = overtaken("apply", "stale-plan");
    const cart = stack("cart", { dependencies: ["shop"] });
    const interrupted = { interruption: AbortSignal.abort() };
    const { outcomes, read } = await deploy([shop, cart], { options: interrupted });
    expect(inWords(outcomes)).toEqual(["shop: failed", "cart: skipped"]);
    expect(read).toEqual([]);
    const during = await deploy([overtaken("apply", "stale-plan")]);
    expect(inWords(during.outcomes)).toEqual(["shop: failed"]);
  });

  test("is not told as deployed twice, and failures of another kind are not repeated", async () => {
    const { read, outcomes } = await deploy([overtaken("apply", "locked")]);
    expect(read).toEqual([]);
    expect(outcomes).toMatchObject([{ outcome: "failed", attempted: true }]);
  });
});
