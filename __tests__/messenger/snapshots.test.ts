import { App, TerraformOutput, type TerraformStack } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { development, production } from "./environments";
import { everyProperty } from "./every-property";
import { nothingIsWritten, platformStack, reviewed } from "./synthesis";

/** What is reviewed of a stack with its backend, which the app makes when it synthesises. */
function prepared(stack: TerraformStack): string {
  stack.prepareStack();
  return reviewed(stack);
}

const defaultLanguage = "en-us";

test("a production Messenger with two props", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("a production stack with two props", () => {
  const stack = new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage,
  });

  expect(prepared(stack)).toMatchSnapshot();
});

test("a stack in another region, behind a gateway", () => {
  const stack = new MessengerStack(new App(nothingIsWritten), "production", {
    environment: production(),
    defaultLanguage,
    region: "eu-central-1",
    gateway: true,
  });

  expect(prepared(stack)).toMatchSnapshot();
});

test("every property of the configuration and the deployment", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), ...everyProperty });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("flow and supported content by name", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", {
    environment: production(),
    defaultLanguage,
    flow: { name: "Support" },
    supportedContent: { name: "Pictures only" },
  });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("an existing deployment by name", () => {
  const stack = platformStack();
  const messenger = WebMessenger.fromDeploymentName(stack, "Existing", "Storefront", { region: "ap-southeast-2" });
  new TerraformOutput(stack, "variables", { value: messenger.environmentVariables, staticId: true });
  new TerraformOutput(stack, "snippet", { value: messenger.snippet, staticId: true });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("development admits localhost, and its deployment may be destroyed", () => {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: development, defaultLanguage });

  expect(reviewed(stack)).toMatchSnapshot();
});

test("previews that allow all domains", () => {
  const environment = nextEnvironment("preview", {
    kind: "preview",
    addresses: [],
    allowAllDomains: true,
    acknowledge: { "allow-all": "the hosts of pull requests are not known beforehand" },
  });
  const stack = new MessengerStack(new App(nothingIsWritten), "preview", { environment, defaultLanguage });

  expect(prepared(stack)).toMatchSnapshot();
});
