import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { App, TerraformOutput, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type ConfigurationProps } from "../../lib/messenger/configuration/configuration-props";
import {
  type IMessengerConfiguration,
  MessengerConfiguration,
  type MessengerConfigurationProps,
} from "../../lib/messenger/messenger-configuration";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { ofConfigurationAlone } from "./every-property";
import { production } from "./environments";
import { type Arguments, nothingIsWritten, platformStack, stackWith, synth } from "./synthesis";

const type = "genesyscloud_webdeployments_configuration";
const defaultLanguage = "en-us";
const site = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`${name}.example.com`] });

const configurationsOf = (stack: TerraformStack): Readonly<Record<string, Arguments>> =>
  synth(stack).resource[type] ?? {};

describe("a MessengerConfiguration", () => {
  test.each<readonly [string, ConfigurationProps]>([
    ["with a language", { defaultLanguage }],
    ["with a look", { defaultLanguage, styles: { primaryColor: "#0A6EBD" }, launcher: { visibility: "OnDemand" } }],
    ["with every property", { defaultLanguage, ...ofConfigurationAlone }],
  ])("makes the resource that a Messenger with these properties makes: %s", (_, props) => {
    const texts = { configurationName: "Look", configurationDescription: "The look of all sites" };
    const stack = platformStack();
    new MessengerConfiguration(stack, "Look", { ...props, ...texts });

    expect(configurationsOf(stack)).toEqual({
      Look: Object.values(configurationsOf(stackWith({ ...props, ...texts })))[0],
    });
  });

  test("is called as its construct, and says that it is managed as code", () => {
    const stack = platformStack();
    new MessengerConfiguration(stack, "House style", { defaultLanguage });

    expect(Object.values(configurationsOf(stack))).toMatchObject([
      { name: "House style", description: "Managed as code: changes by hand are undone by the next deploy" },
    ]);
  });

  test("has the logical id of the provider's resource in its place, at any depth", () => {
    const declared = (make: (scope: Construct, id: string) => void): readonly string[] => {
      const stack = platformStack();
      make(stack, "Look");
      make(new Construct(stack, "Brand"), "Look");
      return Object.keys(configurationsOf(stack));
    };

    expect(declared((scope, id) => new MessengerConfiguration(scope, id, { defaultLanguage }))).toEqual(
      declared(
        (scope, id) => new WebdeploymentsConfiguration(scope, id, { name: "Look", defaultLanguage, languages: [] }),
      ),
    );
  });

  test("is shown by every Messenger that is given it, under whatever logical id it gets", () => {
    const stack = platformStack();
    const configuration = new MessengerConfiguration(stack, "Look", { defaultLanguage });
    for (const name of ["shop", "outlet"]) new WebMessenger(stack, name, { environment: site(name), configuration });
    new TerraformOutput(stack, "version", { value: configuration.version, staticId: true });
    configuration.resource.overrideLogicalId("house_style");
    const { resource, output } = synth(stack);

    const shown = { id: `\${${type}.house_style.id}`, version: `\${${type}.house_style.version}` };
    const deployments = Object.values(resource["genesyscloud_webdeployments_deployment"] ?? {});
    expect(deployments.map((deployment) => deployment["configuration"])).toEqual([shown, shown]);
    expect(Object.keys(resource[type] ?? {})).toEqual(["house_style"]);
    expect(output?.["version"]).toMatchObject({ value: shown.version });
  });

  test("is shown by other stacks of the app, which are deployed after it", () => {
    const app = new App(nothingIsWritten);
    const house = platformStack("house", app);
    const configuration = new MessengerConfiguration(house, "Look", { defaultLanguage });
    const shop = new MessengerStack(app, "shop", { environment: production(), configuration });
    for (const stack of [house, shop]) stack.prepareStack();
    const [deployment] = Object.values(synth(shop).resource["genesyscloud_webdeployments_deployment"] ?? {});

    const read = expect.stringMatching(
      /^\$\{data\.terraform_remote_state\.cross-stack-reference-input-house\.outputs\./,
    ) as string;
    expect(deployment).toMatchObject({ configuration: { id: read, version: read } });
    expect(shop.dependencies).toEqual([house]);
  });

  test("is made by the provider that is given, after what it depends on, and others wait for it", () => {
    const stack = platformStack();
    const provider = new GenesyscloudProvider(stack, "Europe", { alias: "europe", awsRegion: "eu-central-1" });
    const before = new TerraformResource(stack, "Before", { terraformResourceType: "terraform_data" });
    const look = new MessengerConfiguration(stack, "Look", { defaultLanguage, provider, dependsOn: [before] });
    new TerraformResource(stack, "After", { terraformResourceType: "terraform_data", dependsOn: [look] });
    const { resource } = synth(stack);

    expect(resource[type]?.["Look"]).toMatchObject({
      provider: "genesyscloud.europe",
      depends_on: ["terraform_data.Before"],
    });
    expect(resource["terraform_data"]?.["After"]).toEqual({ depends_on: [`${type}.Look`] });
  });

  test("adds what no property says yet", () => {
    const stack = platformStack();
    new MessengerConfiguration(stack, "Look", { defaultLanguage, overrides: { status: "Draft" } });

    expect(configurationsOf(stack)).toMatchObject({ Look: { status: "Draft" } });
  });

  test("adopts one that was made by hand", () => {
    const configurationId = "5a9db0c5-0000-4000-8000-000000000001";
    const stack = platformStack();
    new MessengerConfiguration(stack, "Look", { defaultLanguage, adopt: { configurationId } });

    expect(synth(stack)).toMatchObject({ import: [{ id: configurationId, to: `${type}.Look` }] });
  });

  test.each([
    ["a configuration of another id", "House"],
    ["that of a Messenger, which is given it now", "Shop/Configuration"],
  ])("takes over the state of %s", (_, former) => {
    const before = platformStack();
    const own: IMessengerConfiguration =
      former === "House"
        ? new MessengerConfiguration(before, "House", { defaultLanguage })
        : new WebMessenger(before, "Shop", { environment: production(), defaultLanguage }).configuration;

    const stack = platformStack();
    const configuration = new MessengerConfiguration(stack, "Look", { defaultLanguage }).renamedFrom(former);
    new WebMessenger(stack, "Shop", { environment: production(), configuration });

    const from = `${type}.${own.resource?.friendlyUniqueId ?? ""}`;
    expect(synth(stack)).toMatchObject({ moved: [{ from, to: `${type}.Look` }] });
  });

  test("is not renamed from what is there", () => {
    const stack = platformStack();
    new WebMessenger(stack, "Shop", { environment: production(), defaultLanguage });
    const look = new MessengerConfiguration(stack, "Look", { defaultLanguage });

    expect(() => look.renamedFrom("Shop/Configuration")).toThrow(
      'MessengerConfiguration "platform/Look" cannot have been renamed from "Shop/Configuration"',
    );
  });
});

describe("what is wrong with its properties", () => {
  const make = (props: object): MessengerConfiguration =>
    new MessengerConfiguration(platformStack(), "Look", props as MessengerConfigurationProps);

  test.each<readonly [string, object, readonly string[]]>([
    ["no language", {}, ["Missing defaultLanguage: expected the language of most visitors"]],
    [
      "types, all at once",
      { defaultLanguage: 7, languages: "de" },
      ["Invalid defaultLanguage 7", "Invalid languages "],
    ],
    [
      "a name that does not exist",
      { defaultLanguage, styles: {}, lancher: {} },
      ['Unknown property "lancher": did you mean "launcher"?'],
    ],
    ["the deployment's", { defaultLanguage, flow: { id: "f-1" } }, ['Unknown property "flow"']],
  ])("is told where it is made: %s", (_, props, messages) => {
    for (const message of messages) expect(() => make(props)).toThrow(message);
  });

  test.each<readonly [string, object, string]>([
    ["a language", { defaultLanguage: "en_US" }, 'Invalid defaultLanguage "en_US": expected "en-us"'],
    [
      "an id to adopt",
      { defaultLanguage, adopt: { configurationId: "look" } },
      'Invalid adopt.configurationId "look": expected an id of Genesys Cloud',
    ],
  ])("is told at synthesis: %s", (_, props, message) => {
    const { resource } = make(props);
    expect(() => {
      TerraformStack.of(resource).runAllValidations();
    }).toThrow(
      `MessengerConfiguration initialization failed due to the following validation error(s):\n    - ${message}`,
    );
  });

  test("is told of a name that follows from a long id", () => {
    const stack = platformStack();
    new MessengerConfiguration(stack, "L".repeat(101), { defaultLanguage });

    expect(() => {
      stack.runAllValidations();
    }).toThrow(`Invalid configurationName "${"L".repeat(101)}": expected 1 to 100 characters`);
  });
});
