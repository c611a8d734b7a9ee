import { App, S3Backend } from "cdktf";
import { MessengerStack, type MessengerStackProps } from "../../lib/messenger/messenger-stack";
import { development, production } from "./environments";
import { nothingIsWritten, synth } from "./synthesis";

const stackOf = (props: Partial<MessengerStackProps> = {}) =>
  new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage: "en-us",
    ...props,
  });

/** The JSON as `app.synth()` writes it, the backend included. */
const synthesised = (stack: MessengerStack) => {
  stack.prepareStack();
  return synth(stack);
};

describe("the provider", () => {
  test("has an empty block: credentials and region come from the environment when Terraform runs", () => {
    expect(synthesised(stackOf()).provider).toEqual({ genesyscloud: [{}] });
  });

  test("is told a region that is given, so that it cannot mean another one than the snippet", () => {
    const { provider, output } = synthesised(stackOf({ region: "eu-west-2" }));

    expect(provider).toEqual({ genesyscloud: [{ aws_region: "eu-west-2" }] });
    expect(output?.["snippet"]?.["value"]).toContain('"environment":"prod-euw2"');
  });

  test("reads its gateway from the environment when there is one", () => {
    expect(synthesised(stackOf({ gateway: true })).provider).toEqual({ genesyscloud: [{ gateway: [{}] }] });
  });

  test("is asked for by the name that a lock file has", () => {
    expect(synthesised(stackOf()).terraform["required_providers"]).toEqual({
      genesyscloud: { source: "mypurecloud/genesyscloud", version: "~> 1.84" },
    });
  });
});

describe("the state", () => {
  test("is local unless one says otherwise, beside the application", () => {
    expect(synthesised(stackOf()).terraform["backend"]).toEqual({
      local: { path: "../../../terraform.production.tfstate" },
    });
  });

  test("is where the backend that is made in the stack puts it", () => {
    const stack = stackOf();
    new S3Backend(stack, { bucket: "states", key: "messenger/production", region: "eu-central-1" });

    expect(synthesised(stack).terraform["backend"]).toEqual({
      s3: { bucket: "states", key: "messenger/production", region: "eu-central-1" },
    });
  });

  describe("in the sandbox", () => {
    beforeEach(() => {
      process.env["ORIGINS_SANDBOX_STATE"] = "local";
    });
    afterEach(() => {
      delete process.env["ORIGINS_SANDBOX_STATE"];
    });
    const s3 = { bucket: "states", region: "eu-central-1" };

    test.each<[string, () => MessengerStack, string]>([
      ["its property", () => stackOf({ backend: { type: "s3", ...s3 } }), "s3"],
      [
        "a backend that is made in it",
        () => {
          const stack = stackOf();
          new S3Backend(stack, { ...s3, key: "messenger/production" });
          return stack;
        },
        "s3",
      ],
    ])("is refused where %s keeps it elsewhere: Terraform would write to it", (_, stack, type) => {
      expect(() => synthesised(stack())).toThrow(
        `The stack "production" stores its state in the "${type}" backend, but the sandbox only writes local states.`,
      );
    });

    test("is local, and used, where the program says nothing", () => {
      expect(synthesised(stackOf()).terraform["backend"]).toHaveProperty("local");
    });
  });

  test("is found by another stack of the app that refers to this one", () => {
    const app = new App(nothingIsWritten);
    const stack = new MessengerStack(app, "production", { environment: production(), defaultLanguage: "en-us" });
    const other = new MessengerStack(app, "development", {
      environment: development,
      defaultLanguage: "en-us",
      description: `Like ${stack.messenger.deploymentId}`,
    });
    stack.prepareStack();

    expect(synthesised(other).data?.["terraform_remote_state"]).toEqual({
      "cross-stack-reference-input-production": {
        backend: "local",
        config: {
          path: "../../../terraform.production.tfstate",
          workspace_dir: "../production/terraform.tfstate.d",
        },
        workspace: "${terraform.workspace}",
      },
    });
  });
});

describe("the outputs", () => {
  test("have names that pipelines can rely on", () => {
    expect(Object.keys(synthesised(stackOf()).output ?? {}).sort()).toEqual([
      "allowed_domains",
      "configuration_id",
      "content_security_policy",
      "deployment_id",
      "environment",
      "environment_variables",
      "snippet",
    ]);
  });

  test("give the build of the application its variables", () => {
    expect(synthesised(stackOf()).output?.["environment_variables"]?.["value"]).toEqual({
      NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod",
      NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: expect.stringMatching(
        /^\$\{genesyscloud_webdeployments_deployment\.Messenger_Deployment_\w+\.id\}$/,
      ) as string,
    });
  });

  test("know the addresses that a team gives the resources", () => {
    const stack = stackOf();
    stack.messenger.deployment.overrideLogicalId("shop");

    expect(synthesised(stack).output?.["allowed_domains"]?.["value"]).toBe(
      "${genesyscloud_webdeployments_deployment.shop.allowed_domains}",
    );
  });
});
