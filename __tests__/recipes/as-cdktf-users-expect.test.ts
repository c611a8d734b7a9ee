import { tmpdir } from "node:os";
import {
  App,
  Aspects,
  DataTerraformRemoteState,
  Fn,
  type IAspect,
  TerraformDataSource,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
} from "cdktf";
import { GenesyscloudProvider, MessengerStack, nextEnvironment, WebMessenger } from "../../lib";
import { matchers, resources } from "../../lib/testing";

expect.extend(matchers);

const environment = nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] });
const app = () => new App({ outdir: tmpdir() });

/** A stack of a platform team's with a Messenger in it. */
function platform(root = app()): { readonly stack: TerraformStack; readonly messenger: WebMessenger } {
  const stack = new TerraformStack(root, "platform");
  new GenesyscloudProvider(stack, "Genesys");
  return { stack, messenger: new WebMessenger(stack, "Messenger", { environment, defaultLanguage: "en-us" }) };
}

const deployment = "genesyscloud_webdeployments_deployment";
const configuration = "genesyscloud_webdeployments_configuration";
const outputOf = (stack: TerraformStack): Readonly<Record<string, unknown>> =>
  (stack.toTerraform() as { readonly output: Readonly<Record<string, unknown>> }).output;

describe("aspects", () => {
  test("see the Messenger, its configuration and its deployment once each", () => {
    const { stack, messenger } = platform();
    const seen: string[] = [];
    Aspects.of(messenger).add({ visit: ({ node }) => seen.push(node.path) });
    expect(stack).toAdmit("staging.example.com");

    expect(seen).toEqual(
      expect.arrayContaining([
        "platform/Messenger",
        "platform/Messenger/Configuration",
        "platform/Messenger/Deployment",
      ]),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("may change what the properties said, on one Messenger or on all", () => {
    const { stack, messenger } = platform();
    const rename: IAspect = {
      visit(node) {
        if (node === messenger.deployment) messenger.deployment.name = "Renamed";
      },
    };
    Aspects.of(stack).add(rename);

    expect(Object.values(resources(stack))).toContainEqual(expect.objectContaining({ name: "Renamed" }));
  });

  test("may add addresses, which the rules judge like any other", () => {
    const { stack } = platform();
    Aspects.of(stack).add({
      visit(node) {
        if (node instanceof WebMessenger) node.addAddress("http://localhost:3000");
      },
    });
    expect(stack).not.toAdmit("localhost");

    expect(() => {
      stack.runAllValidations();
    }).toThrow(`"http://localhost:3000"`);
  });

  test("may take a protection away or give one", () => {
    const { stack, messenger } = platform();
    Aspects.of(stack).add({
      visit(node) {
        if (TerraformResource.isTerraformResource(node)) node.lifecycle = { createBeforeDestroy: true };
      },
    });

    for (const block of Object.values(resources(messenger))) {
      expect(block).toHaveProperty("lifecycle", { create_before_destroy: true });
    }
  });
});

describe("escape hatches", () => {
  test("change one argument and leave its neighbours, nested ones too", () => {
    const { stack, messenger } = platform();
    messenger.deployment.addOverride("lifecycle.prevent_destroy", true);
    messenger.deployment.addOverride("lifecycle.ignore_changes", ["description"]);
    messenger.configuration.resource?.addOverride("messenger.apps.conversations.humanize", { enabled: true });

    const found = resources(messenger);
    expect(Object.values(found)).toContainEqual(
      expect.objectContaining({ lifecycle: { prevent_destroy: true, ignore_changes: ["description"] } }),
    );
    expect(Object.values(found)).toContainEqual(
      expect.objectContaining({
        messenger: expect.objectContaining({
          enabled: true,
          apps: { conversations: expect.objectContaining({ enabled: true, humanize: { enabled: true } }) as object },
        }) as object,
      }),
    );
    expect(stack).toAdmit("staging.example.com");
  });

  test("of the stack reach everything in it", () => {
    const { stack } = platform();
    stack.addOverride("terraform.required_version", ">= 1.5");

    expect(stack.toTerraform()).toHaveProperty("terraform.required_version", ">= 1.5");
  });
});

describe("cdktf's own tests", () => {
  test("find the resources of a Messenger by their properties", () => {
    const text = Testing.synth(platform().stack);

    expect(
      Testing.toHaveResourceWithProperties(text, deployment, {
        name: "messenger-staging",
        allowed_domains: ["staging.example.com"],
        status: "Active",
      }),
    ).toBe(true);
    expect(Testing.toHaveResource(text, configuration)).toBe(true);
    expect(Testing.toHaveProvider(text, "genesyscloud")).toBe(true);
    expect(Testing.toHaveResourceWithProperties(text, deployment, { allowed_domains: ["www.example.com"] })).toBe(
      false,
    );
  });
});

describe("values that only Terraform knows", () => {
  test("of a Messenger go into functions, and into other resources", () => {
    const { stack, messenger } = platform();
    const parameter = new TerraformResource(stack, "Parameter", { terraformResourceType: "aws_ssm_parameter" });
    parameter.addOverride("name", Fn.join("-", ["messenger", messenger.deploymentId]));
    parameter.addOverride("value", Fn.jsonencode(messenger.environmentVariables));
    parameter.addOverride("tags", { domains: Fn.join(",", messenger.deployment.allowedDomains) });
    const reference = `${deployment}.Messenger_Deployment_C232A245`;

    expect(resources(stack)["aws_ssm_parameter.Parameter"]).toEqual({
      name: `\${join("-", ["messenger", ${reference}.id])}`,
      value: expect.stringContaining(`"NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID" = ${reference}.id`) as string,
      tags: { domains: `\${join(",", ${reference}.allowed_domains)}` },
    });
  });

  test("of data sources, variables and other resources are taken for every id and text", () => {
    const { stack } = platform();
    const flow = new TerraformDataSource(stack, "Flow", { terraformResourceType: "genesyscloud_flow" });
    const name = new TerraformVariable(stack, "messenger_name", { type: "string" });
    const messenger = new WebMessenger(stack, "Support", {
      environment,
      name: name.stringValue,
      description: `Looked after by ${name.stringValue}`,
      defaultLanguage: "en-us",
      flow: { id: flow.getStringAttribute("id") },
      styles: { primaryColor: flow.getStringAttribute("description") },
    });
    stack.runAllValidations();

    expect(Object.values(resources(messenger))).toContainEqual(
      expect.objectContaining({
        name: "${var.messenger_name}",
        description: "Looked after by ${var.messenger_name}",
        flow_id: "${data.genesyscloud_flow.Flow.id}",
      }),
    );
  });
});

describe("logical ids", () => {
  test("are given at any time before synthesis, and every reference follows", () => {
    const { stack, messenger } = platform();
    new TerraformOutput(stack, "snippet", { value: messenger.snippet });
    new TerraformOutput(stack, "domains", { value: messenger.deployment.allowedDomains });
    new TerraformResource(stack, "After", { terraformResourceType: "terraform_data", dependsOn: [messenger] });
    messenger.configuration.resource?.overrideLogicalId("look");

    expect(Object.keys(resources(stack))).toContain(`${configuration}.look`);
    expect(JSON.stringify(resources(stack))).toContain(`\${${configuration}.look.version}`);
  });

  test("may be those of a deployment that was written by hand before", () => {
    const { stack, messenger } = platform();
    messenger.configuration.resource?.overrideLogicalId("support");
    messenger.deployment.overrideLogicalId("support");

    expect(Object.keys(resources(stack))).toEqual([
      "backend",
      `${configuration}.support`,
      `${deployment}.support`,
      "provider genesyscloud",
    ]);
  });
});

describe("outputs", () => {
  test("of a custom stack refer to the resources", () => {
    const { stack, messenger } = platform();
    messenger.deployment.overrideLogicalId("shop");
    new TerraformOutput(stack, "id", { value: messenger.deploymentId });
    new TerraformOutput(stack, "domains", { value: messenger.deployment.allowedDomains });
    new TerraformOutput(stack, "all", { value: { ids: [messenger.deploymentId, messenger.configurationId] } });
    const { id, domains, all } = outputOf(stack);

    expect(id).toEqual({ value: `\${${deployment}.shop.id}` });
    expect(domains).toEqual({ value: `\${${deployment}.shop.allowed_domains}` });
    expect(all).toHaveProperty("value.ids.0", `\${${deployment}.shop.id}`);
  });

  test("of a MessengerStack can be added to", () => {
    const stack = new MessengerStack(app(), "staging", { environment, defaultLanguage: "en-us" });
    new TerraformOutput(stack, "owner", { value: "Team Support" });

    expect(outputOf(stack)).toMatchObject({ owner: { value: "Team Support" }, environment: { value: "staging" } });
  });
});

describe("stacks", () => {
  const two = () => {
    const root = app();
    const first = new MessengerStack(root, "staging", { environment, defaultLanguage: "en-us" });
    return { first, second: new TerraformStack(root, "page") };
  };

  test("wait for a MessengerStack that they depend on, or refer to", () => {
    const { first, second } = two();
    second.addDependency(first);

    expect(second.dependsOn(first)).toBe(true);
    expect(() => {
      first.addDependency(second);
    }).toThrow(/circular dependency/);
  });

  test("read what they refer to from its state, under a name that does not change with the domains", () => {
    const { first, second } = two();
    new TerraformOutput(second, "id", { value: first.messenger.deploymentId, staticId: true });
    second.prepareStack();

    expect(second.dependencies).toEqual([first]);
    expect(outputOf(second)["id"]).toEqual({
      value: `\${data.terraform_remote_state.cross-stack-reference-input-staging.outputs.cross-stack-output-${deployment}Messenger_Deployment_C232A245id}`,
    });
    expect(outputOf(first)).toHaveProperty(`cross-stack-output-${deployment}Messenger_Deployment_C232A245id`);
  });

  test("give a Messenger what another stack's state holds", () => {
    const { stack } = platform();
    const state = new DataTerraformRemoteState(stack, "Flows", {
      organization: "acme",
      workspaces: { name: "flows" },
    });
    const messenger = new WebMessenger(stack, "Support", {
      environment,
      defaultLanguage: "en-us",
      flow: { id: state.getString("support_flow_id") },
    });

    expect(Object.values(resources(messenger))).toContainEqual(
      expect.objectContaining({ flow_id: "${data.terraform_remote_state.Flows.outputs.support_flow_id}" }),
    );
  });
});
