import { foreignStateRefusals, holdersOf } from "../../../lib/cli/stacks/foreign-state";
import { type ExaminedMessenger, type ExaminedStack } from "../../../lib/cli/stacks/examine";
import { parseState, StackTerraform } from "../../../lib/terraform";
import { listOf } from "../../live/lists";
import { deployment } from "../../live/subjects";
import { declared, messengerOf, stackOf } from "../examined";

/** A stack whose state has the deployment, and says that it is of that environment. */
function examinedStack(
  name: string,
  messenger: ExaminedMessenger,
  saved = "production",
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
  foreignStateRefusals(stack, holdersOf([stack, ...others]));

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
        /^the state has the deployment ".*\("d-1"\), for none of the domains of this stack.*adopt: \{ deploymentId: "d-1" \}/,
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

describe("a state is the stack's own", () => {
  const adopting = { ...named("Blog", "blog.example.org"), declared: { ...declared, importId: "d-1" } };
  const moved = named("Blog", "blog.example.org");
  const formerly = { address: "genesyscloud_webdeployments_deployment.Old" };
  const renamed = { ...moved, remembered: moved.remembered && { ...moved.remembered, formerly } };

  test.each<[string, ExaminedStack]>([
    ["nothing has changed", examinedStack("shop", named("Shop", "www.example.com"))],
    ["the deployment is to have another name", examinedStack("shop", named("Old shop", "www.example.com"))],
    ["the environment is to have another name", examinedStack("shop", named("Old shop", "www.example.com"), "live")],
    ["the domains are all new", examinedStack("shop", named("Shop", "www.example.org"))],
    ["its list is empty", examinedStack("shop", named("Old shop"))],
    ["the program adopts what it has", examinedStack("shop", adopting)],
    ["the program says what it was called", examinedStack("shop", renamed)],
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

  test("where there is none", () => {
    const messenger = messengerOf(undefined, { state: undefined });
    expect(
      foreignStateRefusals({ stack: stackOf("shop"), state: undefined, messengers: [messenger] }, new Map()),
    ).toEqual([]);
  });
});
