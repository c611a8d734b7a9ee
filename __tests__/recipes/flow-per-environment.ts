import { type App } from "cdktf";
import { type EnvironmentKind, MessengerStack, nextEnvironment } from "../../lib";
import { type IdOrName } from "../../lib/props";

/** By name the flow is looked up when Terraform runs; by id nothing is. The compiler misses none of the kinds. */
const flows: Readonly<Record<EnvironmentKind, IdOrName>> = {
  production: { id: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10" },
  staging: { name: "Support (staging)" },
  preview: { name: "Support (staging)" },
  development: { name: "Echo" },
};

export function supportStacks(app: App): void {
  const environments = [
    nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] }),
    nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] }),
    nextEnvironment("development", { kind: "development", addresses: ["http://localhost:3000"] }),
  ];
  for (const environment of environments) {
    new MessengerStack(app, environment.name, {
      environment,
      defaultLanguage: "en-us",
      flow: flows[environment.kind],
    });
  }
}
