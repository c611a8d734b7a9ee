import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { type Fields, nonEmpty, object, required } from "../base/shape";
import { type AwsRegion } from "../genesys/regions";
import { refuseOtherCoreIn } from "./core";
import { providerShape } from "./placement";
import { regionShape } from "./region";
import { WebMessengerBase } from "./web-messenger-base";

/** Where a deployment is that somebody else made. */
export interface ImportOptions {
  /**
   * The AWS name of the region that the organisation is in.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
}

/** Where a deployment is that is looked up by its name. */
export interface LookUpOptions extends ImportOptions {
  /**
   * The provider that looks.
   * @default - the stack's provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** What is known of a deployment that somebody else made. */
export interface DeploymentAttributes extends ImportOptions {
  /** The deployment's id. */
  readonly deploymentId: string;
}

const importFields: Fields<ImportOptions> = { region: regionShape };

export const importOptionsShape = object<ImportOptions>(importFields);
export const lookUpOptionsShape = object<LookUpOptions>({ ...importFields, provider: providerShape });
export const deploymentAttributesShape = object<DeploymentAttributes>({
  ...importFields,
  deploymentId: required(nonEmpty("the deployment's id")),
});

/** A Messenger that this app refers to and does not manage. */
export class ImportedMessenger extends WebMessengerBase {
  readonly deploymentId: string;

  constructor(scope: Construct, id: string, attributes: DeploymentAttributes & Pick<LookUpOptions, "provider">) {
    refuseOtherCoreIn(attributes, "WebMessenger", id);
    super(scope, id, attributes.region);
    this.deploymentId = attributes.deploymentId;
  }
}
