import { type App } from "cdktf";
import { MessengerStack, type NextEnvironment } from "../../lib";

export function answeredStacks(app: App, environments: readonly NextEnvironment[]): void {
  for (const environment of environments) {
    new MessengerStack(app, environment.name, {
      environment,
      defaultLanguage: "en-us",
      flow: { name: `Support ${environment.kind}` },
    });
  }
}
