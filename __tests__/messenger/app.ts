import { App, TerraformOutput } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { envFile } from "../../lib/sources/env/env-file";
import { nextEnvironment } from "../../lib/sources/next-environment";

/** An application of three environments, run as a separate program by determinism.process.test.ts. */
const environments = [
  nextEnvironment("production", {
    kind: "production",
    addresses: [envFile(".env.production", ["SITE_URL"]), "https://zürich.example.com", "https://aarhus.example.com"],
  }),
  nextEnvironment("staging", {
    kind: "staging",
    addresses: ["http://staging.example.com", "https://zürich.example.com"],
  }),
  nextEnvironment("development", { kind: "development", addresses: ["http://localhost:3000"] }),
];

const app = new App();
for (const environment of environments) {
  const labels = { de: { MessengerHomeHeaderTitle: "Grüezi" }, "en-us": { MessengerHomeHeaderTitle: "Hello" } };
  const languages = ["en-us", "de"];
  const stack = new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", languages, labels });
  new TerraformOutput(stack, "variables", { value: stack.messenger.environmentVariables }); // an object, as users have it
  if (environment.kind === "production") stack.messenger.addAddress("https://åbo.example.com");
}
app.synth();
