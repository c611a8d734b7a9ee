import { type App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";

const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });

export function renamedMessengerStack(app: App): void {
  // was: new MessengerStack(app, "production", …)
  new MessengerStack(app, "shop-production", {
    environment,
    defaultLanguage: "en-us",
    adopt: {
      deploymentId: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10", // the old stack's output deployment_id
      configurationId: "b3f3a0c1-8e53-4d35-9a3b-0f4a5d6e7c21", // and configuration_id
    },
  });
}
