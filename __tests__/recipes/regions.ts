import { type App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";

/** A stack for each organization: deploying one only needs the credentials of that one. */
export function regionStacks(app: App): void {
  new MessengerStack(app, "production-europe", {
    environment: nextEnvironment("production-europe", { kind: "production", addresses: ["https://www.example.de"] }),
    region: "eu-central-1",
    defaultLanguage: "de",
  });
  new MessengerStack(app, "production-america", {
    environment: nextEnvironment("production-america", { kind: "production", addresses: ["https://www.example.com"] }),
    region: "us-west-2",
    defaultLanguage: "en-us",
  });
}
