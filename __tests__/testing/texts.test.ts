import { LocalBackend, TerraformOutput, Testing } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { allowLists, findings, resources, review } from "../../lib/testing";
import { app, appendDomains, messengerOf, platform, production, written } from "./stacks";

const environment = production("www.example.com", "shop.example.com");
const staging = nextEnvironment("staging", {
  kind: "staging",
  addresses: [written("staging.example.com", "www.example.com"), written("www.example.com")],
});

describe("the allowed domains", () => {
  test("are a line each, with every place that wrote them", () => {
    expect(allowLists(staging)).toBe(
      "staging.example.com ← shop/.env:3 SITE_URL\nwww.example.com ← shop/.env:3 SITE_URL, shop/.env:4 SITE_URL",
    );
  });

  test("can do without lines, which change when something else in the file does", () => {
    expect(allowLists(staging, { lines: false })).toBe(
      "staging.example.com ← shop/.env SITE_URL\nwww.example.com ← shop/.env SITE_URL",
    );
  });

  test("have a heading for each of several Messengers", () => {
    expect(allowLists(platform(environment, staging))).toMatchSnapshot();
  });

  test("are every page where all are allowed", () => {
    expect(allowLists(nextEnvironment("preview", { kind: "preview", addresses: [], allowAllDomains: true }))).toBe(
      "every page of the web",
    );
  });

  test("of a synthesised stack have its resource as their source", () => {
    expect(allowLists(Testing.synth(platform(environment)))).toMatchSnapshot();
  });

  test("show what terraformValue is called, by the environment and by the Messenger", () => {
    const late = environment.with(terraformValue("${vercel_project_domain.shop.domain}"));
    const lines = [
      "shop.example.com ← shop/.env SITE_URL",
      "www.example.com ← shop/.env SITE_URL",
      "vercel_project_domain.shop.domain ← __tests__/testing/texts.test.ts, known at apply",
    ];

    expect(allowLists(late, { lines: false }).split("\n")).toEqual(lines);
    expect(allowLists(platform(late), { lines: false }).split("\n")).toEqual(lines);
  });

  test("show what admits nothing, and what Terraform alone knows", () => {
    const stack = platform(environment);
    appendDomains(stack, environment, ["https://www.example.com", "${var.page}"]);

    expect(allowLists(stack).split("\n")).toEqual([
      "shop.example.com ← shop/.env:4 SITE_URL",
      "www.example.com ← shop/.env:3 SITE_URL",
      "https://www.example.com ← never matches a page",
      "${var.page} ← platform/production, known at apply",
    ]);
  });
});

describe("the findings", () => {
  test("are a line each, of hosts that Messengers share too", () => {
    expect(findings(platform(environment, staging), { lines: false })).toMatchSnapshot();
  });

  test("say what is acknowledged, and why", () => {
    const acknowledged = nextEnvironment("production", {
      kind: "production",
      addresses: [written("shop.vercel.app")],
      acknowledge: { "platform-host": "no domain before the launch" },
    });

    expect(findings(acknowledged)).toMatchSnapshot();
  });

  test("are nothing where nothing is to be said", () => {
    expect(findings(environment)).toBe("");
    expect(findings(platform(environment))).toBe("");
  });
});

describe("the resources", () => {
  const stack = () => new MessengerStack(app(), "production", { environment, defaultLanguage: "en-us" });

  test("are there by address, sorted, without metadata, with provider and state", () => {
    expect(resources(stack())).toMatchSnapshot();
  });

  test("of a Messenger are its own", () => {
    const both = platform(environment, staging);
    const messenger = messengerOf(both, environment);
    const { deployment, configuration } = messenger;
    const made = [configuration.resource, deployment];
    const addresses = made.map((one) => `${one?.terraformResourceType ?? ""}.${one?.friendlyUniqueId ?? ""}`);

    expect(Object.keys(resources(messenger))).toEqual(addresses);
    expect(Object.keys(resources(both))).toHaveLength(6);
  });

  test("are the same before and after another look, and read from what Testing.synth returned", () => {
    const one = stack();
    const first = JSON.stringify(resources(one));

    expect(JSON.stringify(resources(one))).toBe(first);
    expect(JSON.stringify(resources(Testing.synth(one)))).toBe(first);
  });

  test("have imports and look-ups, and no path of this machine", () => {
    const one = platform(environment);
    const messenger = messengerOf(one, environment);
    messenger.deployment.importFrom("6c1d0bd2");
    new WebMessenger(one, "Flow", { environment, defaultLanguage: "en-us", flow: { name: "Support" } });
    new LocalBackend(one, {});
    const found = resources(one);

    expect(Object.keys(found).map((key) => key.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "backend",
      "data.genesyscloud_flow.Flow",
      "genesyscloud_webdeployments_configuration.Flow_Configuration",
      "genesyscloud_webdeployments_configuration.production_Configuration",
      "genesyscloud_webdeployments_deployment.Flow_Deployment",
      "genesyscloud_webdeployments_deployment.production_Deployment",
      "import genesyscloud_webdeployments_deployment.production_Deployment",
      "provider genesyscloud",
    ]);
    expect(found["backend"]).toEqual({ local: { path: "terraform.platform.tfstate" } });
    expect(Object.keys(resources(messenger))).toHaveLength(3);
  });

  test("of an app are those of its stacks, each under the path of its stack where there are several", () => {
    const root = app();
    const first = new MessengerStack(root, "production", { environment, defaultLanguage: "en-us" });
    expect(resources(root)).toEqual(resources(first));

    const second = new MessengerStack(root, "staging", { environment: staging, defaultLanguage: "en-us" });
    const under = (stack: MessengerStack) =>
      Object.entries(resources(stack)).map(([address, block]) => [`${stack.node.id}: ${address}`, block] as const);
    expect(resources(root)).toEqual(Object.fromEntries([...under(first), ...under(second)]));
    expect(Object.keys(resources(root))).toContain("staging: provider genesyscloud");
  });

  test("of an app without stacks are empty", () => {
    expect(resources(app())).toEqual({});
  });

  test("of an environment are empty", () => {
    expect(resources(environment)).toEqual({});
  });
});

describe("a review", () => {
  test("is the allowed domains, the findings and the resources", () => {
    const stack = platform(environment, staging);
    new TerraformOutput(stack, "not_reviewed", { value: "an output follows from the rest" });

    expect(review(stack)).toMatchSnapshot();
  });

  test("of an app shows its stacks one after the other", () => {
    const root = app();
    for (const one of [environment, staging])
      new MessengerStack(root, one.name, { environment: one, defaultLanguage: "de" });

    expect(review(root).match(/^\S.*$/gm)).toMatchSnapshot();
  });

  test("of an environment is its domains and findings", () => {
    expect(review(environment)).toMatchSnapshot();
  });
});
