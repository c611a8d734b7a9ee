import { App } from "cdktf";
import { environments } from "./environments";
import { MessengerStack } from "./lib";

const app = new App();
for (const environment of environments) {
  new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });
}
app.synth();
