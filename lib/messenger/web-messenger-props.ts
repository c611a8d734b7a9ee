import { type AwsRegion } from "../genesys/regions";
import { type ConfigurationProps } from "./configuration";
import { type DeploymentProps } from "./deployment";
import { type Overrides } from "./overrides";

/** What a Messenger is made from: `environment` and `defaultLanguage` are enough. */
export interface WebMessengerProps extends DeploymentProps, ConfigurationProps {
  /**
   * The AWS name of the region that the organisation is in: what the snippet, the Content-Security-Policy and the
   * environment variables are made for. Where the provider connects to is the provider's own affair; `MessengerStack`
   * tells it the same.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
  /**
   * The way out for what a later provider adds.
   * @default - none
   */
  readonly overrides?: Overrides;
}
