import { TerraformOutput, Token } from "cdktf";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { production } from "./environments";
import { argumentsOf, platformStack, stackWith, synth } from "./synthesis";

const defaultLanguage = "en-us";
const deploymentType = "genesyscloud_webdeployments_deployment";
const configurationType = "genesyscloud_webdeployments_configuration";

describe("a Messenger that is given two props", () => {
  const { configuration, deployment } = argumentsOf({});

  test("admits the hosts of its environment, sorted, and no one else", () => {
    expect(deployment).toMatchObject({
      allow_all_domains: false,
      allowed_domains: ["shop.example.com", "www.example.com"],
    });
  });

  test("declares what a change by hand would otherwise change unseen", () => {
    expect(deployment).toMatchObject({
      status: "Active",
      description: expect.stringContaining("production") as string,
    });
  });

  test("follows its configuration from version to version", () => {
    const [name = ""] = Object.keys(synth(stackWith({})).resource[configurationType] ?? {});

    expect(deployment["configuration"]).toEqual({
      id: `\${${configurationType}.${name}.id}`,
      version: `\${${configurationType}.${name}.version}`,
    });
  });

  test("is enabled, on the page, and visitors can write", () => {
    expect(configuration).toMatchObject({
      default_language: "en-us",
      languages: ["en-us"],
      messenger: {
        enabled: true,
        launcher_button: { visibility: "On" },
        apps: { conversations: { enabled: true, show_agent_typing_indicator: true } },
      },
    });
  });

  test.each(["cobrowse", "video", "support_center", "journey_events", "authentication_settings"])(
    "does not turn on %s, which needs something else",
    (feature) => {
      expect(configuration).not.toHaveProperty(feature);
    },
  );
});

describe("to mention a feature is to turn it on", () => {
  test.each<[keyof WebMessengerProps, Partial<WebMessengerProps>, Partial<WebMessengerProps>, string]>([
    [
      "homeScreen",
      { homeScreen: { logoUrl: "" } },
      { homeScreen: { enabled: false, logoUrl: "" } },
      "messenger.home_screen.enabled",
    ],
    [
      "knowledge",
      { knowledge: { knowledgeBaseId: "k" } },
      { knowledge: { knowledgeBaseId: "k", enabled: false } },
      "messenger.apps.knowledge.enabled",
    ],
    [
      "fileUpload",
      { fileUpload: {} },
      { fileUpload: { enableAttachments: false } },
      "messenger.file_upload.enable_attachments",
    ],
    ["cobrowse", { cobrowse: {} }, { cobrowse: { enabled: false } }, "cobrowse.enabled"],
    ["video", { video: {} }, { video: { enabled: false } }, "video.enabled"],
    ["supportCenter", { supportCenter: {} }, { supportCenter: { enabled: false } }, "support_center.enabled"],
    ["journeyEvents", { journeyEvents: {} }, { journeyEvents: { enabled: false } }, "journey_events.enabled"],
    [
      "authentication",
      { authentication: { integrationId: "i" } },
      { authentication: { integrationId: "i", enabled: false } },
      "authentication_settings.enabled",
    ],
  ])("%s", (_, mentioned, turnedOff, argument) => {
    expect(argumentsOf(mentioned).configuration).toHaveProperty(argument, true);
    expect(argumentsOf(turnedOff).configuration).toHaveProperty(argument, false);
  });
});

describe("a deployment that Terraform must not destroy", () => {
  const environmentOf = (kind: "production" | "staging") =>
    nextEnvironment(kind, { kind, addresses: ["https://www.example.com"] });

  test.each([
    ["production", undefined, { prevent_destroy: true }],
    ["production", false, undefined],
    ["staging", undefined, undefined],
    ["staging", true, { prevent_destroy: true }],
  ] as const)("%s with preventDestroy %s", (kind, preventDestroy, lifecycle) => {
    const { deployment } = argumentsOf({
      environment: environmentOf(kind),
      ...(preventDestroy !== undefined && { preventDestroy }),
    });

    expect(deployment["lifecycle"]).toEqual(lifecycle);
  });
});

describe("names", () => {
  test("follow from the environment", () => {
    const { configuration, deployment } = argumentsOf({});

    expect([deployment["name"], configuration["name"]]).toEqual(["messenger-production", "messenger-production"]);
  });

  test("are one's own, the configuration's like the deployment's unless it has its own", () => {
    expect(argumentsOf({ name: "Shop" }).configuration["name"]).toBe("Shop");
    expect(argumentsOf({ name: "Shop", configurationName: "Shop 2027" }).configuration["name"]).toBe("Shop 2027");
  });
});

describe("the resources keep their addresses", () => {
  const resources = (...addresses: string[]) =>
    Object.entries(synth(stackWith({ environment: production(...addresses) })).resource).flatMap(([type, byName]) =>
      Object.keys(byName).map((name) => `${type}.${name}`),
    );
  const json = (...addresses: string[]) => JSON.stringify(synth(stackWith({ environment: production(...addresses) })));

  test("when domains are renamed, added or removed", () => {
    const before = resources("https://www.example.com", "https://shop.example.com");

    expect(before).toHaveLength(2);
    expect(resources("https://store.example.net")).toEqual(before);
    expect(resources("https://a.example.com", "https://b.example.com", "https://c.example.com")).toEqual(before);
  });

  test("and nothing at all changes when domains are reordered or repeated", () => {
    expect(json("https://b.example.com", "https://a.example.com/", "https://b.example.com:443")).toBe(
      json("https://a.example.com", "https://b.example.com"),
    );
  });

  test("when another Messenger is declared before", () => {
    const stack = platformStack();
    new WebMessenger(stack, "Another", { environment: production(), defaultLanguage });
    new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });
    const [alone = ""] = Object.keys(synth(stackWith({})).resource[deploymentType] ?? {});

    expect(Object.keys(synth(stack).resource[deploymentType] ?? {})).toContain(alone);
  });

  test("that a team gives them, at any time", () => {
    const stack = platformStack();
    const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });
    new TerraformOutput(stack, "snippet", { value: messenger.snippet, staticId: true });
    messenger.configuration.resource?.overrideLogicalId("shop_configuration");
    messenger.deployment.overrideLogicalId("shop");
    const { resource, output } = synth(stack);

    expect(resource[deploymentType]?.["shop"]).toMatchObject({
      configuration: { id: `\${${configurationType}.shop_configuration.id}` },
    });
    expect(output?.["snippet"]?.["value"]).toContain(`\${${deploymentType}.shop.id}`);
  });
});

describe("an address that is added afterwards", () => {
  test("is one of the allowed domains", () => {
    const stack = platformStack();
    const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });
    messenger.addAddress("https://blog.example.com/news", "https://a.example.com");

    expect(Object.values(synth(stack).resource[deploymentType] ?? {})[0]?.["allowed_domains"]).toEqual([
      "a.example.com",
      "blog.example.com",
      "shop.example.com",
      "www.example.com",
    ]);
    expect(messenger.environment.allowList.admits("blog.example.com")).toBe(true);
  });

  test("is judged like the others, and named with the line that added it", () => {
    const stack = platformStack();
    const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });
    messenger.addAddress("http://localhost:3000");

    expect(() => synth(stack)).toThrow(
      /"http:\/\/localhost:3000" \(__tests__\/messenger\/web-messenger\.test\.ts:\d+\)/,
    );
  });

  test("may come from a source", () => {
    const stack = platformStack();
    const messenger = new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });
    messenger.addAddress({
      read: () => ({ addresses: [{ value: "cms.example.com", place: { file: "cms.json", line: 3 } }], findings: [] }),
    });

    expect(messenger.environment.allowList.explain("cms.example.com")).toMatchObject({
      entry: { sources: [{ place: { file: "cms.json", line: 3 } }] },
    });
    expect(Object.values(synth(stack).resource[deploymentType] ?? {})[0]?.["allowed_domains"]).toContain(
      "cms.example.com",
    );
  });

  test("leaves the environment that was declared as it is", () => {
    const environment = production();
    const messenger = new WebMessenger(platformStack(), "Messenger", { environment, defaultLanguage });
    messenger.addAddress("https://blog.example.com");

    expect(environment.allowList.domains).toEqual(["shop.example.com", "www.example.com"]);
  });
});

describe("raw arguments, for what a later provider adds", () => {
  test("are merged into what the properties made", () => {
    const { configuration, deployment } = argumentsOf({
      overrides: {
        configuration: { messenger: { launcher_button: { animation: "Bounce" } }, "styles.dark_mode": true },
        deployment: { retention_days: 30 },
      },
    });

    expect(configuration["messenger"]).toMatchObject({
      enabled: true,
      launcher_button: { visibility: "On", animation: "Bounce" },
    });
    expect(configuration["styles"]).toEqual({ dark_mode: true });
    expect(deployment["retention_days"]).toBe(30);
  });

  test.each(["allowed_domains", "allow_all_domains"])("leave %s to the environment", (name) => {
    expect(() => argumentsOf({ overrides: { deployment: { [name]: [] } } })).toThrow(
      `Invalid overrides.deployment.${name} []: it bypasses the environment's rules; declare the addresses on the environment`,
    );
  });
});

describe("a deployment that someone else made", () => {
  test("by id", () => {
    const messenger = WebMessenger.fromDeploymentId(platformStack(), "Existing", "6c1d0bd2", { region: "eu-west-1" });

    expect(messenger.deploymentId).toBe("6c1d0bd2");
    expect(messenger.environmentVariables).toEqual({
      NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod-euw1",
      NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: "6c1d0bd2",
    });
    expect(messenger.snippet).toContain(`"deploymentId":"6c1d0bd2"`);
    expect(messenger.contentSecurityPolicy.directives["script-src"]).toEqual(["https://apps.mypurecloud.ie"]);
  });

  test("by name, which Terraform looks up", () => {
    const stack = platformStack();
    const messenger = WebMessenger.fromDeploymentName(stack, "Existing", "Storefront");
    new TerraformOutput(stack, "id", { value: messenger.deploymentId, staticId: true });
    const { data, output, resource } = synth(stack);
    const [name = ""] = Object.keys(data?.[deploymentType] ?? {});

    expect(data?.[deploymentType]?.[name]).toEqual({
      name: "Storefront",
      lifecycle: {
        postcondition: [
          {
            condition: "${try(length(self.id) > 0, false)}",
            error_message: expect.stringContaining("no web deployment called") as string,
          },
        ],
      },
    });
    expect(output?.["id"]?.["value"]).toBe(`\${data.${deploymentType}.${name}.id}`);
    expect(resource).toBeUndefined();
  });
});

describe("mistakes of a program that is not type-checked", () => {
  test("no environment", () => {
    const props = JSON.parse(`{ "defaultLanguage": "en-us" }`) as WebMessengerProps;

    expect(() => new WebMessenger(platformStack(), "Messenger", props)).toThrow(
      'WebMessenger "platform/Messenger" cannot be made:\n    - Missing environment: expected an environment, such as',
    );
  });

  test("the name of an environment in place of the environment", () => {
    const props = JSON.parse(`{ "environment": "production", "defaultLanguage": "en-us" }`) as WebMessengerProps;

    expect(() => new WebMessenger(platformStack(), "Messenger", props)).toThrow(
      'Invalid environment "production": expected an environment, such as nextEnvironment("production", { … })',
    );
  });

  test.each<readonly [kind: string, id: unknown, shown: string]>([
    ["an object without a prototype", Object.create(null), "{}"],
    ["a symbol", Symbol("shop"), "(a symbol)"],
    ["a list", ["shop"], '["shop"]'],
  ])("%s as the id", (_, id, shown) => {
    const make = (): unknown => Reflect.construct(WebMessenger, [platformStack(), id, {}]);

    expect(make).toThrow(`WebMessenger cannot be made:\n    - Invalid id ${shown}: expected `);
  });

  test("a region that there is not", () => {
    const props = JSON.parse(`{ "region": "eu-central-9" }`) as Partial<WebMessengerProps>;

    expect(() => stackWith(props)).toThrow('Invalid region "eu-central-9": expected "us-east-1", "us-east-2"');
  });
});

test("a value that only Terraform knows is not judged", () => {
  const unknown = Token.asString({ resolve: () => "${var.colour}" });
  const { configuration } = argumentsOf({
    styles: { primaryColor: unknown },
    homeScreen: { logoUrl: "${var.logo}" },
    cobrowse: { maskSelectors: Token.asList({ resolve: () => "${var.selectors}" }) },
  });

  expect(configuration).toMatchObject({
    messenger: { styles: { primary_color: "${var.colour}" }, home_screen: { logo_url: "${var.logo}" } },
    cobrowse: { mask_selectors: "${var.selectors}" },
  });
});
