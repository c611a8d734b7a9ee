import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";

const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });

export function renamedStack(app: App): void {
  const stack = new TerraformStack(app, "support");
  new GenesyscloudProvider(stack, "Genesys");
  // was: new WebMessenger(stack, "Shop", …)
  new WebMessenger(stack, "Storefront", { environment, defaultLanguage: "en-us" }).renamedFrom("Shop");
}
