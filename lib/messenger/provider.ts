import {
  GenesyscloudProvider as Provider,
  type GenesyscloudProviderConfig,
} from "@cdktf/provider-genesyscloud/lib/provider";
import { type Construct } from "constructs";
import { inOwnCore } from "./core";

/**
 * The provider block of Genesys Cloud, for stacks that write their own. Leave out what is secret: credentials come from the
 * environment when Terraform runs.
 *
 * @example
 * ```ts
 * new GenesyscloudProvider(stack, "Genesys", { awsRegion: "eu-central-1" });
 * ```
 */
export class GenesyscloudProvider extends Provider {
  /** @throws when the app is made with the other core */
  constructor(scope: Construct, id: string, config?: GenesyscloudProviderConfig) {
    super(inOwnCore(scope, "GenesyscloudProvider", id), id, config);
  }
}
