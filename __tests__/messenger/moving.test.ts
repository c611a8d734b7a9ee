import { App, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { ReleasedMessenger } from "../../lib/messenger/released-messenger";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { resources } from "../../lib/testing";
import { production } from "./environments";
import { nothingIsWritten, platformStack } from "./synthesis";

const defaultLanguage = "en-us";
const environment = production();
const configuration = "genesyscloud_webdeployments_configuration";
const deployment = "genesyscloud_webdeployments_deployment";

interface Move {
  readonly from: string;
  readonly to: string;
}

/** The `moved` blocks of a stack. */
function moves(stack: TerraformStack): readonly Move[] {
  return (JSON.parse(Testing.synth(stack, true)) as { readonly moved?: readonly Move[] }).moved ?? [];
}

/** The addresses of a Messenger that is declared in this way. */
function addresses(declare: (stack: TerraformStack) => WebMessenger): readonly string[] {
  const { configuration: own, deployment: made } = declare(platformStack());
  return [`${configuration}.${own.resource?.friendlyUniqueId ?? ""}`, `${deployment}.${made.friendlyUniqueId}`];
}

const messenger = (scope: Construct, id: string) => new WebMessenger(scope, id, { environment, defaultLanguage });

describe("a Messenger that was renamed", () => {
  test("names what both of its resources were called", () => {
    const stack = platformStack();
    messenger(stack, "Storefront").renamedFrom("Shop");

    const was = addresses((other) => messenger(other, "Shop"));
    const is = addresses((other) => messenger(other, "Storefront"));
    expect(moves(stack)).toEqual(was.map((from, index) => ({ from, to: is[index] })));
    expect(stack.node.findAll().map(({ node }) => node.path)).not.toContain("platform/Shop");
  });

  test("is named from the stack on where it was somewhere else", () => {
    const stack = platformStack();
    const inBrand = (scope: Construct, id: string) => messenger(new Construct(scope, "Brand"), id);
    inBrand(stack, "Storefront").renamedFrom("Brand/Shop").renamedFrom("Old/Deep/Shop");

    const [, first] = addresses((other) => messenger(new Construct(new Construct(other, "Old"), "Deep"), "Shop"));
    const [, second] = addresses((other) => inBrand(other, "Shop"));
    const [, third] = addresses((other) => inBrand(other, "Storefront"));
    expect(moves(stack).filter(({ to }) => to.startsWith(deployment))).toEqual([
      { from: second, to: third },
      { from: first, to: second },
    ]);
  });

  test("keeps to the id in its own scope, and to logical ids that are given later", () => {
    const stack = platformStack();
    const renamed = messenger(new Construct(stack, "Brand"), "Storefront").renamedFrom("Shop");
    renamed.deployment.overrideLogicalId("shop");

    const [, was] = addresses((other) => messenger(new Construct(other, "Brand"), "Shop"));
    expect(moves(stack)).toContainEqual({ from: was, to: `${deployment}.shop` });
  });

  test("moves its deployment alone where the configuration is another one's", () => {
    const stack = platformStack();
    const { configuration: shared } = messenger(stack, "Shop");
    const outlet = nextEnvironment("outlet", { kind: "staging", addresses: ["outlet.example.com"] });
    new WebMessenger(stack, "Outlet", { environment: outlet, configuration: shared }).renamedFrom("Sale");

    expect(moves(stack)).toEqual([
      {
        from: expect.stringContaining(`${deployment}.Sale_`) as string,
        to: expect.stringContaining("Outlet_") as string,
      },
    ]);
  });

  test("says nothing of a renaming where there was none", () => {
    const stack = platformStack();
    messenger(stack, "Shop");

    expect(moves(stack)).toEqual([]);
  });

  test("cannot have had a name that another one has now", () => {
    const stack = platformStack();
    messenger(stack, "Shop");

    expect(() => messenger(stack, "Outlet").renamedFrom("Shop")).toThrow(
      'WebMessenger "platform/Outlet" cannot have been renamed from "Shop": another Messenger now has that name',
    );
  });

  test("in Terraform's own language reads the same", () => {
    const stack = platformStack();
    messenger(stack, "Storefront").renamedFrom("Shop");
    const [{ from, to } = { from: "", to: "" }] = moves(stack);

    expect(Testing.synthHcl(stack)).toMatch(new RegExp(`moved \\{[^}]*${to}[^}]*\\}`));
    expect(Testing.synthHcl(stack)).toContain(from);
  });
});

describe("a Messenger that is let go of", () => {
  test("is named as it was, and not destroyed", () => {
    const stack = platformStack();
    new ReleasedMessenger(stack, "Shop");
    const [own = "", made = ""] = addresses((other) => messenger(other, "Shop"));

    expect(resources(stack)).toMatchObject({
      [`removed ${own}`]: { from: own, lifecycle: { destroy: false } },
      [`removed ${made}`]: { from: made, lifecycle: { destroy: false } },
    });
  });

  test("is never left out in silence: in Terraform's own language cdktf would", () => {
    const stack = platformStack();
    new ReleasedMessenger(stack, "Shop");

    expect(() => {
      Testing.synthHcl(stack);
    }).toThrow('ReleasedMessenger "platform/Shop" can only be written as JSON');
  });

  test("from a MessengerStack has the names that it had there", () => {
    const app = new App(nothingIsWritten);
    const { messenger: was } = new MessengerStack(app, "production", { environment, defaultLanguage });
    const stack = new TerraformStack(app, "later");
    new ReleasedMessenger(stack, "Messenger");

    expect(Object.keys(resources(stack))).toContain(`removed ${deployment}.${was.deployment.friendlyUniqueId}`);
  });
});
