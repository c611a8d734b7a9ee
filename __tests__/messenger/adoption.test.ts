import { App, TerraformVariable, Testing } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { resources } from "../../lib/testing";
import { production } from "./environments";
import { nothingIsWritten, platformStack, refusals } from "./synthesis";

const deploymentId = "5a9db0c5-0000-4000-8000-000000000001";
const configurationId = "5a9db0c5-0000-4000-8000-000000000002";
const adopt = { deploymentId, configurationId };
const outlet = nextEnvironment("outlet", { kind: "production", addresses: ["https://outlet.example.com"] });
const defaultLanguage = "en-us";

/** The import blocks of a stack, as Terraform is given them. */
function imports(stack: Parameters<typeof Testing.synth>[0]): unknown {
  return (JSON.parse(Testing.synth(stack, true)) as { readonly import?: unknown }).import;
}

test("a Messenger that adopts what someone made by hand", () => {
  const stack = platformStack();
  const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage, adopt });

  expect(resources(messenger)).toMatchSnapshot();
});

test("a MessengerStack that adopts imports both resources, and protects them as ever", () => {
  const stack = new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage,
    adopt,
  });

  expect(imports(stack)).toEqual([
    { id: configurationId, to: "genesyscloud_webdeployments_configuration.Messenger_Configuration_DCC85942" },
    { id: deploymentId, to: "genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245" },
  ]);
  expect(Object.values(resources(stack.messenger))).toContainEqual(
    expect.objectContaining({ status: "Active", lifecycle: { prevent_destroy: true } }),
  );
});

test("logical ids that are given later are those of the import blocks", () => {
  const stack = platformStack();
  const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage, adopt });
  messenger.configuration.resource?.overrideLogicalId("look");
  messenger.deployment.overrideLogicalId("shop");

  expect(imports(stack)).toEqual([
    { id: configurationId, to: "genesyscloud_webdeployments_configuration.look" },
    { id: deploymentId, to: "genesyscloud_webdeployments_deployment.shop" },
  ]);
});

test("a Messenger that shares a configuration adopts its deployment alone", () => {
  const stack = platformStack();
  const shop = new WebMessenger(stack, "Shop", { environment: production(), defaultLanguage });
  const { configuration } = shop;
  new WebMessenger(stack, "Outlet", { environment: outlet, configuration, adopt: { deploymentId } });

  expect(imports(stack)).toEqual([{ id: deploymentId, to: expect.stringMatching(/deployment\.Outlet/) as string }]);
});

test("written in Terraform's own language, the blocks are the same", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage, adopt });

  expect(Testing.synthHcl(stack)).toContain(
    `import {\nid = "${deploymentId}"\nto = genesyscloud_webdeployments_deployment.Messenger_Deployment_C232A245\n}`,
  );
});

test("ids that only Terraform knows are left to it", () => {
  const stack = platformStack();
  const id = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
  const environment = production();
  new WebMessenger(stack, "Messenger", {
    environment,
    defaultLanguage,
    adopt: { deploymentId: id("deployment_id"), configurationId: id("configuration_id") },
  });

  expect(imports(stack)).toMatchObject([{ id: "${var.configuration_id}" }, { id: "${var.deployment_id}" }]);
});

describe("is refused", () => {
  test.each([
    [
      "a name",
      { deploymentId: "messenger-support" },
      /^Invalid adopt\.deploymentId "messenger-support": expected an id of Genesys Cloud/,
    ],
    ["another spelling", { deploymentId: ` ${deploymentId.toUpperCase()}` }, `: expected "${deploymentId}"`],
    [
      "nothing",
      { deploymentId: "" },
      `Invalid adopt.deploymentId "": expected the deployment's id, which origins adopt`,
    ],
    ["no id at all", { deploymentId: undefined }, `Missing adopt.deploymentId: expected`],
    ["one without the other", { configurationId: undefined }, `Missing adopt.configurationId: expected`],
    [
      "one id for both",
      { configurationId: deploymentId },
      `Invalid adopt.configurationId "${deploymentId}": it is the deployment's id; write`,
    ],
  ])("%s", (_, ids, message) => {
    const found = refusals({ adopt: { ...adopt, ...ids } } as Partial<WebMessengerProps>);

    expect(found).toEqual([
      typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message),
    ]);
  });

  test("an id that another Messenger of the app adopts, in whatever stack: each is told of the other", () => {
    const app = new App(nothingIsWritten);
    const stackOf = (id: string) =>
      new MessengerStack(app, id, {
        environment: nextEnvironment(id, { kind: "staging", addresses: [`${id}.example.com`] }),
        defaultLanguage,
        adopt,
      });
    const [one, other] = [stackOf("one"), stackOf("other")];

    expect(() => {
      one.runAllValidations();
    }).toThrow(
      `Invalid adopt.deploymentId "${deploymentId}": it is also adopted by "other/Messenger"; adopt it in one place, and refer`,
    );
    expect(() => {
      other.runAllValidations();
    }).toThrow(
      `Invalid adopt.configurationId "${configurationId}": it is also adopted by "one/Messenger"; adopt it in one place, and share`,
    );
  });

  test("the configuration of a Messenger that shares it", () => {
    const stack = platformStack();
    const { configuration } = new WebMessenger(stack, "Shop", { environment: production(), defaultLanguage });
    const untyped = { environment: outlet, configuration, adopt };
    const props = { ...untyped, defaultLanguage } as WebMessengerProps;

    expect(() => new WebMessenger(stack, "Outlet", props)).toThrow(
      "Conflicting properties configuration and defaultLanguage, adopt.configurationId: set them where the configuration is made",
    );
  });
});
