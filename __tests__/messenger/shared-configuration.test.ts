import { TerraformResource } from "cdktf";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { WebMessenger, type WebMessengerProps } from "../../lib/messenger";
import { nextEnvironment } from "../../lib/sources";
import { production } from "./environments";
import { platformStack, synth } from "./synthesis";

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
    shop.configuration.overrideLogicalId("house_style");

    expect(JSON.stringify(synth(stack).resource[deploymentType])).not.toContain("Shop_Configuration");
  });

  test("says of each property of a configuration that it has no effect", () => {
    const { stack, shop } = two();
    const untyped = { environment: outlet, configuration: shop.configuration, styles: { primaryColor: "#0A6EBD" } };
    new WebMessenger(stack, "Untyped", { ...untyped, defaultLanguage: "en-us" } as WebMessengerProps);

    expect(() => synth(stack)).toThrow(
      `"en-us" (defaultLanguage) has no effect on a configuration that another Messenger makes: write it there, or leave`,
    );
    expect(() => synth(stack)).toThrow(`(styles) has no effect`);
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
