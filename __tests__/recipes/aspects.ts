import { type App, Aspects, type IAspect, TerraformResource } from "cdktf";
import { type IConstruct } from "constructs";
import { MessengerStack, nextEnvironment, WebMessenger } from "../../lib";

/** Says in Genesys who looks after a Messenger. An aspect may run more than once, so it sets and does not append. */
class OwnedBy implements IAspect {
  constructor(private readonly team: string) {}

  visit(node: IConstruct): void {
    if (!(node instanceof WebMessenger)) return;
    const description = `Looked after by ${this.team} (${node.environment.name})`;
    if (node.configuration.resource) node.configuration.resource.description = description;
    node.deployment.description = description;
  }
}

/** Has Terraform refuse to destroy anything, whatever it is. */
const keepEverything: IAspect = {
  visit(node) {
    if (TerraformResource.isTerraformResource(node)) node.lifecycle = { ...node.lifecycle, preventDestroy: true };
  },
};

export function governedStacks(app: App): void {
  for (const name of ["production", "staging"] as const) {
    const environment = nextEnvironment(name, { kind: name, addresses: [`https://${name}.example.com`] });
    const stack = new MessengerStack(app, name, { environment, defaultLanguage: "en-us" });
    Aspects.of(stack).add(new OwnedBy("Team Support"));
    Aspects.of(stack).add(keepEverything);
  }
}
