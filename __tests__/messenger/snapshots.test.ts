import { App, TerraformOutput, Testing } from "cdktf";
import { MessengerStack, WebMessenger } from "../../lib/messenger";
import { nextEnvironment } from "../../lib/sources";
import { development, production } from "./environments";
import { everyProperty } from "./every-property";
import { nothingIsWritten, platformStack } from "./synthesis";

/** What a platform team reviews in a pull request: the JSON that Terraform gets, every validation passed. */
function reviewed(stack: Parameters<typeof Testing.synth>[0]): string {
  stack.prepareStack();
  return Testing.synth(stack, true);
}

const defaultLanguage = "en-us";

test("a production Messenger with two props", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });

  expect(Testing.synth(stack, true)).toMatchSnapshot();
});

test("a production stack with two props", () => {
  const stack = new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage,
  });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("a stack in another region, behind a gateway", () => {
  const stack = new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage,
    region: "eu-central-1",
    gateway: true,
  });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("every property of the configuration and the deployment", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), ...everyProperty });

  expect(Testing.synth(stack, true)).toMatchSnapshot();
});

test("flow and supported content by name", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", {
    environment: production(),
    defaultLanguage,
    flow: { name: "Support" },
    supportedContent: { name: "Pictures only" },
  });

  expect(Testing.synth(stack, true)).toMatchSnapshot();
});

test("an existing deployment by name", () => {
  const stack = platformStack();
  const messenger = WebMessenger.fromDeploymentName(stack, "Existing", "Storefront", { region: "ap-southeast-2" });
  new TerraformOutput(stack, "variables", { value: messenger.environmentVariables, staticId: true });
  new TerraformOutput(stack, "snippet", { value: messenger.snippet, staticId: true });

  expect(Testing.synth(stack, true)).toMatchSnapshot();
});

test("development admits localhost, and its deployment may be destroyed", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: development, defaultLanguage });

  expect(Testing.synth(stack, true)).toMatchSnapshot();
});

test("previews that allow all domains", () => {
  const environment = nextEnvironment("preview", {
    kind: "preview",
    addresses: [],
    allowAllDomains: true,
    acknowledge: { "allow-all": "the hosts of pull requests are not known beforehand" },
  });
  const stack = new MessengerStack(new App(nothingIsWritten), "preview", { environment, defaultLanguage });

  expect(reviewed(stack)).toMatchSnapshot();
});
