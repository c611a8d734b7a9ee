import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";

/** One look for many sites: the first Messenger makes the configuration, the others share it. */
export function sitesStack(app: App): void {
  const stack = new TerraformStack(app, "sites");
  new GenesyscloudProvider(stack, "Genesys");
  const site = (name: string, ...addresses: string[]) => nextEnvironment(name, { kind: "production", addresses });

  const shop = new WebMessenger(stack, "Shop", {
    environment: site("shop", "https://www.example.com"),
    configurationName: "House style",
    defaultLanguage: "en-us",
    languages: ["en-us", "de"],
    styles: { primaryColor: "#0A6EBD" },
    homeScreen: { logoUrl: "https://www.example.com/logo.svg" },
  });
  new WebMessenger(stack, "Careers", {
    environment: site("careers", "https://careers.example.com"),
    configuration: shop.configuration,
    flow: { name: "Careers" },
  });
  new WebMessenger(stack, "Investors", {
    environment: site("investors", "https://investors.example.com"),
    configuration: shop.configuration,
  });
}
