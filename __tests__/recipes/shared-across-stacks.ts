import { type App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";

const site = (name: string) =>
  nextEnvironment(name, { kind: "production", addresses: [`https://${name}.example.com`] });

/** The first stack makes the look; the others read it from its state, and are deployed after it. */
export function siteStacks(app: App): void {
  const { messenger } = new MessengerStack(app, "shop", {
    environment: site("shop"),
    configurationName: "House style",
    defaultLanguage: "en-us",
    styles: { primaryColor: "#0A6EBD" },
  });
  for (const name of ["careers", "investors"]) {
    new MessengerStack(app, name, { environment: site(name), configuration: messenger.configuration });
  }
}
