import { foreignStateRefusals, holdersOf } from "../../lib/operations/deploy-stacks";
import { type ExaminedMessenger, type ExaminedStack } from "../../lib/operations/examine";
import { parseState } from "../../lib/terraform/state";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { everything, listOf } from "../audit/lists";
import { deployment } from "../audit/subjects";
import { declared, messengerOf, stackOf } from "../cli/examined";

/** A stack whose state has the deployment, and says that it is of that environment. */
function examinedStack(
  name: string,
  messenger: ExaminedMessenger,
  saved: unknown = "production",
  program: { readonly environment?: string } = { environment: "production" },
): ExaminedStack {
  const stack = stackOf(name, { messengers: [messenger.declared], ...program });
  const { id } = messenger.remembered?.deployment ?? deployment;
  const text = JSON.stringify({
    version: 4,
    serial: 1,
    lineage: "l",
    outputs: { environment: { value: saved, type: "string" } },
    resources: [
      {
        mode: "managed",
        type: "genesyscloud_webdeployments_deployment",
        name: "Messenger",
        instances: [{ attributes: { id } }],
      },
    ],
  });
  const terraform = new StackTerraform(stack, { command: "terraform", environment: {} });
  return { stack, terraform, state: parseState(text), messengers: [messenger] };
}

const named = (name: string, ...domains: readonly string[]): ExaminedMessenger =>
  messengerOf(undefined, {
    state: { ...deployment, name, allowedDomains: domains },
    derived: listOf("www.example.com", "shop.example.com"),
  });

const refusals = (...[stack, ...others]: readonly [ExaminedStack, ...ExaminedStack[]]): readonly string[] =>
  refusalsBeside(stack, [], ...others);

/** The same in a project that has more stacks, which are not deployed now. */
function refusalsBeside(
  stack: ExaminedStack,
  idle: readonly SynthesizedStack[],
  ...others: readonly ExaminedStack[]
): readonly string[] {
  const project = [stack.stack, ...others.map((each) => each.stack), ...idle];
  return foreignStateRefusals(stack, holdersOf([stack, ...others]), project);
}

const local = messengerOf(undefined, {
  state: { ...deployment, name: "Blog", allowedDomains: ["localhost", "blog.example.org"] },
  derived: listOf("localhost", "www.example.com"),
});

describe("a state belongs to something else", () => {
  test.each<[string, ExaminedStack]>([
    ["another application's, by name and domains", examinedStack("shop", named("Blog", "blog.example.org"))],
    [
      "another environment's, by its output and domains",
      examinedStack("shop", named("Shop", "staging.example.com"), "staging"),
    ],
    ["another environment's, on the parent of a domain", examinedStack("shop", named("Live", "example.com"))],
    ["another application's, with localhost in common", examinedStack("shop", local)],
  ])("%s", (_, stack) => {
    expect(refusals(stack)).toEqual([
      expect.stringMatching(
        /^the state has the deployment ".*\("d-1"\), which has none of the domains of this stack.*adopt: \{ deploymentId: "d-1", configurationId: "c-1" \}/,
      ),
    ]);
  });

  test("a copy of another stack's, whichever of the two is deployed", () => {
    const [one, other] = [
      examinedStack("production", named("Shop", "www.example.com")),
      examinedStack("staging", named("Shop", "www.example.com")),
    ];
    expect(refusals(one, other)).toEqual([
      expect.stringContaining('"production" and "staging" have the same deployment "d-1"'),
    ]);
    expect(refusals(other, one)).toEqual([
      expect.stringContaining('"staging" and "production" have the same deployment "d-1"'),
    ]);
  });
});

/** Another stack of the project, whose state no one has read. */
function idle(name: string, environment: string | undefined, domains?: readonly string[]): SynthesizedStack {
  const policy = domains === undefined ? {} : { policy: { allowAllDomains: false, allowedDomains: domains } };
  return stackOf("other", {
    messengers: [{ ...declared, name, ...policy }],
    ...(environment !== undefined && { environment }),
  });
}

function withSecond(stack: SynthesizedStack, name: string): SynthesizedStack {
  return { ...stack, messengers: [...stack.messengers, { ...declared, name }] };
}

test("the property that says otherwise leaves out a configuration that is another Messenger's", () => {
  const shared = { ...named("Blog", "blog.example.org"), declared: { ...declared, sharesConfiguration: true } };
  expect(refusals(examinedStack("shop", shared))).toEqual([
    expect.stringContaining('adopt: { deploymentId: "d-1" } in'),
  ]);
});

describe("a copy of the state of a stack that is not deployed now, for a domain of both", () => {
  const copied = named("Staging", "www.example.com", "staging.example.com");
  const [saved, unsaved] = [examinedStack("shop", copied, "staging"), examinedStack("shop", copied, "staging", {})];
  const its = ["www.example.com", "staging.example.com"];

  test.each<[string, ExaminedStack, SynthesizedStack]>([
    ["which declares what the state has", saved, idle("Staging", "staging", its)],
    ["which has no more of it than this one", saved, idle("Staging", "staging", ["staging.example.com"])],
    ["whose domains a Terraform expression decides", saved, idle("Staging", "staging")],
    ["where neither says its environment", unsaved, idle("Staging", undefined, its)],
    ["where the state says no environment", examinedStack("shop", copied, 5), idle("Staging", "staging", its)],
    [
      "whatever it has in common, where Terraform alone knows the wanted domains",
      examinedStack("shop", { ...copied, derived: undefined }, "staging"),
      idle("Staging", "staging", ["new.example.com"]),
    ],
    ["which declares another one, too", saved, withSecond(idle("Staging", "staging", its), "Blog")],
    ["of the same name", examinedStack("shop", named("Shop", ...its), "staging"), idle("Shop", "staging", its)],
  ])("is refused: %s", (_, stack, other) => {
    expect(refusalsBeside(stack, [other])).toEqual([
      expect.stringMatching(
        /that the stack "other" declares: it is a copy.*adopt: \{ deploymentId: "d-1", configurationId: "c-1" \}/,
      ),
    ]);
  });

  test.each<[string, ExaminedStack, SynthesizedStack]>([
    ["the other has another name", saved, idle("Stage", "staging", its)],
    ["the other is of another environment", saved, idle("Staging", "preview", its)],
    ["the other has less of it: this one was renamed", saved, idle("Staging", "staging", ["new.example.com"])],
    ["nothing was renamed", examinedStack("shop", named("Shop", ...its)), idle("Shop", "production", its)],
  ])("is none where %s", (_, stack, other) => {
    expect(refusalsBeside(stack, [other])).toEqual([]);
  });
});

describe("a state is the stack's own", () => {
  const adopting = { ...named("Blog", "blog.example.org"), declared: { ...declared, importId: "d-1" } };
  const moved = named("Blog", "blog.example.org");
  const notYet = messengerOf(undefined, { state: undefined, derived: listOf("www.example.com") });
  const renaming = examinedStack("shop", named("Old shop", "www.example.com"));
  const formerly = { address: "genesyscloud_webdeployments_deployment.Old" };
  const renamed = { ...moved, remembered: moved.remembered && { ...moved.remembered, formerly } };

  test.each<[string, ExaminedStack]>([
    ["nothing has changed", examinedStack("shop", named("Shop", "www.example.com"))],
    ["the deployment is to have another name", examinedStack("shop", named("Old shop", "www.example.com"))],
    [
      "another deployment of the stack is to have its name",
      { ...renaming, stack: withSecond(renaming.stack, "Old shop") },
    ],
    ["the environment is to have another name", examinedStack("shop", named("Old shop", "www.example.com"), "live")],
    ["the domains are all new", examinedStack("shop", named("Shop", "www.example.org"))],
    ["its list is empty", examinedStack("shop", named("Old shop"))],
    ["the program adopts what it has", examinedStack("shop", adopting)],
    ["the program says what it was called", examinedStack("shop", renamed)],
    ["its state says no environment", examinedStack("shop", named("Shop", "www.example.org"), 5)],
    ["Terraform alone knows the wanted domains", examinedStack("shop", { ...moved, derived: undefined })],
    ["every page is wanted", examinedStack("shop", { ...moved, derived: everything() })],
    ["the program adopts what it does not have", examinedStack("shop", { ...notYet, declared: adopting.declared })],
    ["the stack says no environment", examinedStack("shop", named("Shop", "www.example.org"), "live", {})],
  ])("where %s", (_, stack) => {
    expect(refusals(stack)).toEqual([]);
  });

  test("where another stack adopts the deployment before this one lets go of it", () => {
    const own = named("Shop", "www.example.com");
    const adopter = examinedStack("new", { ...own, declared: { ...declared, importId: "d-1" } });
    const old = examinedStack("old", own);
    expect(refusals(adopter, old)).toEqual([]);
    expect(refusals(old, adopter)).toEqual([]);
  });

  test("where other stacks have no state, or could not be read", () => {
    const [shop, other] = [examinedStack("shop", named("Shop", "www.example.com")), stackOf("other")];
    const terraform = new StackTerraform(other, { command: "terraform", environment: {} });
    const undeployed = { stack: other, terraform, state: undefined, messengers: [] };
    const broken = { stack: stackOf("broken"), problem: new Error("no permission") };
    expect(foreignStateRefusals(shop, holdersOf([undeployed, broken, shop]), [shop.stack, other])).toEqual([]);
  });

  test("where there is none", () => {
    const messenger = messengerOf(undefined, { state: undefined });
    expect(
      foreignStateRefusals({ stack: stackOf("shop"), state: undefined, messengers: [messenger] }, new Map(), []),
    ).toEqual([]);
  });
});
