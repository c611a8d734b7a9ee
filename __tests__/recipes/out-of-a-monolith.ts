import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, MessengerStack, nextEnvironment, ReleasedMessenger } from "../../lib";

const production = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
const staging = nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] });

export function ownStacks(app: App): void {
  const monolith = new TerraformStack(app, "everything");
  new GenesyscloudProvider(monolith, "Genesys");
  new ReleasedMessenger(monolith, "Production"); // was: new WebMessenger(monolith, "Production", …)
  new ReleasedMessenger(monolith, "Staging"); // was: new WebMessenger(monolith, "Staging", …)

  new MessengerStack(app, "production", {
    environment: production,
    defaultLanguage: "en-us",
    adopt: {
      deploymentId: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
      configurationId: "b3f3a0c1-8e53-4d35-9a3b-0f4a5d6e7c21",
    },
  });
  new MessengerStack(app, "staging", {
    environment: staging,
    defaultLanguage: "en-us",
    adopt: {
      deploymentId: "0a7c2f64-5d2e-4b7f-9a2c-3d4e5f607182",
      configurationId: "f1e2d3c4-b5a6-4798-8a9b-0c1d2e3f4051",
    },
  });
}
