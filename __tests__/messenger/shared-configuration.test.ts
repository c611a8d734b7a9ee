import { App, TerraformResource } from "cdktf";
import { DataGenesyscloudWebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-webdeployments-configuration";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import {
  MessengerStack,
  type MessengerStackProps,
  type SharingMessengerStackProps,
} from "../../lib/messenger/messenger-stack";
import { type SharingMessengerProps, type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { MessengerConfiguration } from "../../lib/messenger/messenger-configuration";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { production } from "./environments";
import { nothingIsWritten, platformStack, synth, type Synthesised } from "./synthesis";

const configurationType = "genesyscloud_webdeployments_configuration";
const deploymentType = "genesyscloud_webdeployments_deployment";
const outlet = nextEnvironment("outlet", { kind: "production", addresses: ["https://outlet.example.com"] });

describe("a Messenger that shares another one's configuration", () => {
  const two = () => {
    const stack = platformStack();
    const shop = new WebMessenger(stack, "Shop", { environment: production(), defaultLanguage: "en-us" });
    const sharing = new WebMessenger(stack, "Outlet", { environment: outlet, configuration: shop.configuration });
    return { stack, shop, sharing };
  };

  test("makes a deployment only, and follows that configuration from version to version", () => {
    const { resource } = synth(two().stack);
    const [configuration = ""] = Object.keys(resource[configurationType] ?? {});

    expect(Object.keys(resource[configurationType] ?? {})).toHaveLength(1);
    expect(Object.values(resource[deploymentType] ?? {})).toMatchObject([
      { name: "messenger-outlet", allowed_domains: ["outlet.example.com"] },
      { name: "messenger-production", allowed_domains: ["shop.example.com", "www.example.com"] },
    ]);
    for (const deployment of Object.values(resource[deploymentType] ?? {})) {
      expect(deployment["configuration"]).toEqual({
        id: `\${${configurationType}.${configuration}.id}`,
        version: `\${${configurationType}.${configuration}.version}`,
      });
    }
  });

  test("follows it when it is given another logical id afterwards", () => {
    const { stack, shop } = two();
    shop.configuration.resource?.overrideLogicalId("house_style");

    expect(JSON.stringify(synth(stack).resource[deploymentType])).not.toContain("Shop_Configuration");
  });

  test.each<readonly [string, object, string]>([
    ["one property", { defaultLanguage: "en-us" }, "defaultLanguage"],
    ["several", { styles: { primaryColor: "#0A6EBD" }, languages: ["en-us"] }, "languages, styles"],
    ["what the way out adds", { overrides: { configuration: { status: "Draft" } } }, "overrides.configuration"],
    ["what is adopted", { adopt: { deploymentId: "d-1", configurationId: "c-1" } }, "adopt.configurationId"],
    ["all of it", { video: {}, overrides: { configuration: {} } }, "video, overrides.configuration"],
  ])("refuses the properties of one beside it, at once: %s", (_, own, names) => {
    const { stack, shop } = two();
    const { configuration } = shop;
    const remedy = "set them where the configuration is made, or leave configuration out";
    const message = `Conflicting properties configuration and ${names}: ${remedy}`;

    expect(() => new WebMessenger(stack, "Both", { environment: outlet, configuration, ...own })).toThrow(message);
    expect(() => new MessengerStack(stack, "both", { environment: outlet, configuration, ...own })).toThrow(message);
  });

  test.each<readonly [string, object, string]>([
    [
      "neither",
      {},
      'Missing defaultLanguage: expected the language of most visitors, such as "en-us", or another Messenger\'s configuration as "configuration"',
    ],
    [
      "neither, and what is adopted in part",
      { adopt: { deploymentId: "d-1" } },
      "Missing adopt.configurationId: expected the configuration's id, which origins adopt prints",
    ],
  ])("is required where there are no properties of one: %s", (_, own, message) => {
    const { stack } = two();

    const props = { environment: outlet, ...own } as WebMessengerProps;
    expect(() => new WebMessenger(stack, "Neither", props)).toThrow(message);
    expect(() => new MessengerStack(stack, "neither", props)).toThrow(message);
  });

  test("may adopt its deployment alone", () => {
    const { stack, shop } = two();
    const deploymentId = "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10";
    new WebMessenger(stack, "Adopted", {
      environment: nextEnvironment("sale", { kind: "staging", addresses: ["sale.example.com"] }),
      configuration: shop.configuration,
      adopt: { deploymentId },
    });

    expect(synth(stack)).toMatchObject({ import: [{ id: deploymentId }] });
  });
});

describe("a configuration that is made elsewhere", () => {
  const known = { id: "5a9db0c5-0000-4000-8000-000000000001", version: "3" };
  const shownBy = ({ resource }: Synthesised): unknown =>
    Object.values(resource[deploymentType] ?? {}).map(({ configuration }) => configuration);

  test("is shown by its id and version, and its Messenger makes none", () => {
    const stack = platformStack();
    const messenger = new WebMessenger(stack, "Outlet", { environment: outlet, configuration: known });
    const synthesised = synth(stack);

    expect(shownBy(synthesised)).toEqual([known]);
    expect(synthesised.resource).not.toHaveProperty(configurationType);
    expect(messenger.configuration).toEqual(known);
    const { configurationId: id, configurationVersion: version } = messenger;
    for (const [name, configuration] of Object.entries({ sale: { id, version }, press: messenger.configuration })) {
      const environment = nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });
      new WebMessenger(stack, name, { environment, configuration });
    }
    expect(shownBy(synth(stack))).toEqual([known, known, known]);
  });

  test("is looked up by a data source, whose version is the newest", () => {
    const stack = platformStack();
    const configuration = new DataGenesyscloudWebdeploymentsConfiguration(stack, "Look", { name: "House style" });
    new WebMessenger(stack, "Outlet", { environment: outlet, configuration });

    const address = "data.genesyscloud_webdeployments_configuration.Look";
    expect(shownBy(synth(stack))).toEqual([{ id: `\${${address}.id}`, version: `\${${address}.version}` }]);
  });

  test("is looked up by its name, which must exist", () => {
    const stack = platformStack();
    const configuration = MessengerConfiguration.fromConfigurationName(stack, "Look", "House style");
    new WebMessenger(stack, "Outlet", { environment: outlet, configuration });
    const synthesised = synth(stack);

    const address = "data.genesyscloud_webdeployments_configuration.Look";
    expect(shownBy(synthesised)).toEqual([{ id: `\${${address}.id}`, version: `\${${address}.version}` }]);
    expect(synthesised.data?.[configurationType]?.["Look"]).toMatchObject({
      name: "House style",
      lifecycle: { postcondition: [{ condition: "${try(length(self.id) > 0, false)}" }] },
    });
  });

  test("is another stack's: its state is read, and it is deployed first", () => {
    const app = new App(nothingIsWritten);
    const house = new MessengerStack(app, "house", { environment: production(), defaultLanguage: "en-us" });
    const { configuration } = house.messenger;
    const stack = new MessengerStack(app, "outlet", { environment: outlet, configuration });
    for (const each of [house, stack]) each.prepareStack();

    expect(stack.dependencies).toEqual([house]);
    const read = expect.stringMatching(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-house\.outputs\./,
    ) as string;
    expect(shownBy(synth(stack))).toEqual([{ id: read, version: read }]);
  });

  test.each([
    [{ id: "", version: "3" }, `Invalid configuration.id "": expected the configuration's id`],
    [
      { id: "c-1", version: "" },
      `Invalid configuration.version "": expected the number of the newest published version`,
    ],
    [{ id: "c-1", version: "draft" }, `Invalid configuration.version "draft": expected the number`],
  ])("%j is refused", (configuration, message) => {
    const stack = platformStack();
    new WebMessenger(stack, "Outlet", { environment: outlet, configuration });

    expect(() => synth(stack)).toThrow(message);
  });
});

describe("the types", () => {
  /** Whether a value of that type can be passed. */
  type Takes<Props, Value> = Value extends Props ? true : false;
  type Environment = Pick<WebMessengerProps, "environment">;
  type Sharing = Environment & { configuration: { id: string; version: string } };
  type Making = Environment & { defaultLanguage: string };

  test("take what a configuration is, or the configuration of another, and not neither", () => {
    const taken: [
      Takes<WebMessengerProps, Making>,
      Takes<SharingMessengerProps, Sharing>,
      Takes<MessengerStackProps, Making>,
      Takes<SharingMessengerStackProps, Sharing>,
    ] = [true, true, true, true];
    const refused: [
      Takes<WebMessengerProps | SharingMessengerProps, Environment>,
      Takes<MessengerStackProps | SharingMessengerStackProps, Environment>,
      Takes<WebMessengerProps | SharingMessengerProps, Environment & { configuration: { id: string } }>,
    ] = [false, false, false];

    expect([...taken, ...refused]).toHaveLength(7);
  });

  test("take both ids of what is adopted whole, and one where the configuration is shared", () => {
    type Adopting<Base, Ids> = Base & { adopt: Ids };
    interface One {
      deploymentId: string;
    }
    interface Both extends One {
      configurationId: string;
    }
    const taken: [
      Takes<WebMessengerProps, Adopting<Making, Both>>,
      Takes<SharingMessengerProps, Adopting<Sharing, One>>,
    ] = [true, true];
    const refused: Takes<WebMessengerProps, Adopting<Making, One>> = false;

    expect([...taken, refused]).toHaveLength(3);
  });
});

test("resources and look-ups are made by the provider that is given", () => {
  const stack = platformStack();
  const europe = new GenesyscloudProvider(stack, "Europe", { alias: "europe", awsRegion: "eu-central-1" });
  new WebMessenger(stack, "Messenger", {
    environment: production(),
    defaultLanguage: "en-us",
    flow: { name: "Support" },
    supportedContent: { name: "Pictures only" },
    provider: europe,
  });
  WebMessenger.fromDeploymentName(stack, "Other", "Shop", { region: "eu-central-1", provider: europe });
  const { resource, data } = synth(stack);
  const blocks = [resource, data ?? {}].flatMap((types) =>
    Object.values(types).flatMap((byName) => Object.values(byName)),
  );

  expect(blocks).toHaveLength(5);
  expect(blocks.map(({ provider }) => provider)).toEqual(blocks.map(() => "genesyscloud.europe"));
});

test("a Messenger waits for what it depends on, and others wait for it", () => {
  const stack = platformStack();
  const before = new TerraformResource(stack, "Before", { terraformResourceType: "terraform_data" });
  const messenger = new WebMessenger(stack, "Messenger", {
    environment: production(),
    defaultLanguage: "en-us",
    dependsOn: [before],
  });
  new TerraformResource(stack, "After", { terraformResourceType: "terraform_data", dependsOn: [messenger] });
  messenger.deployment.overrideLogicalId("shop");
  const { resource } = synth(stack);

  expect(resource["terraform_data"]?.["After"]).toEqual({ depends_on: [`${deploymentType}.shop`] });
  expect(resource[deploymentType]?.["shop"]?.["depends_on"]).toEqual(["terraform_data.Before"]);
  expect(Object.values(resource[configurationType] ?? {})[0]?.["depends_on"]).toEqual(["terraform_data.Before"]);
});

test("what the rules say of a Messenger is there to be read, hosts of its siblings among it", () => {
  const stack = platformStack();
  const first = new WebMessenger(stack, "First", { environment: production(), defaultLanguage: "en-us" });
  new WebMessenger(stack, "Second", {
    environment: nextEnvironment("outlet", { kind: "production", addresses: ["https://www.example.com"] }),
    defaultLanguage: "en-us",
  });

  expect(first.findings.map(({ rule }) => rule)).toEqual(["shared-host"]);
});
