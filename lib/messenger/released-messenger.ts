import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { WebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { inOwnCore } from "./core";
import { checkConstruct } from "./property-check";

/**
 * In the place of a Messenger that another stack adopts, or that is no longer to be managed: its deployment and its configuration
 * stay in Genesys Cloud as they are, and Terraform's state lets go of them. Once it was deployed, it may go from the program as well.
 *
 * It needs Terraform 1.7 (`removed` blocks), or OpenTofu (tried with 1.12).
 *
 * @example
 * ```ts
 * // was: new WebMessenger(stack, "Shop", { environment, defaultLanguage: "en-us" });
 * new ReleasedMessenger(stack, "Shop");
 * ```
 */
export class ReleasedMessenger extends Construct {
  /**
   * @param scope where the Messenger was
   * @param id the id that it had
   * @throws when the app is made with the other core
   */
  constructor(scope: Construct, id: string) {
    checkConstruct("ReleasedMessenger", scope, id);
    super(inOwnCore(scope, "ReleasedMessenger", id), id);
    new Released(this, "Configuration", WebdeploymentsConfiguration.tfResourceType);
    new Released(this, "Deployment", WebdeploymentsDeployment.tfResourceType);
  }
}

/** A `removed` block. It stands where the resource stood, so that it has the name that the state has. */
class Released extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
  ) {
    super(scope, id);
  }

  override toTerraform(): object {
    return { removed: [{ from: `${this.type}.${this.friendlyUniqueId}`, lifecycle: { destroy: false } }] };
  }

  /** @throws because the core would leave it out, and Terraform would then destroy what is to stay */
  override toHclTerraform(): object {
    throw new Error(
      `ReleasedMessenger "${this.node.scope?.node.path ?? ""}" can only be written as JSON: synthesise without --hcl (and without hclOutput in the app)`,
    );
  }
}
