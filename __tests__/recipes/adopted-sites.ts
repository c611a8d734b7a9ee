import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";

/** Two deployments that were made by hand and use one configuration. */
export function adoptedSitesStack(app: App): void {
  const stack = new TerraformStack(app, "sites");
  new GenesyscloudProvider(stack, "Genesys");
  const shop = new WebMessenger(stack, "Shop", {
    environment: nextEnvironment("shop", { kind: "production", addresses: ["www.example.com"] }),
    name: "Shop",
    defaultLanguage: "en-us",
    adopt: {
      deploymentId: "8ba25d6e-3f45-43c4-afa9-da01ad39036d",
      configurationId: "60a2c7ed-af8e-4622-bb32-92e373de0cec",
    },
  });
  new WebMessenger(stack, "Careers", {
    environment: nextEnvironment("careers", { kind: "production", addresses: ["careers.example.com"] }),
    name: "Careers",
    configuration: shop.configuration,
    adopt: { deploymentId: "0c48e588-1958-4d33-b899-ed382b250022" },
  });
}
