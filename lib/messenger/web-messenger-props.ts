import { type AwsRegion } from "../genesys/regions";
import { type Adoption, type DeploymentAdoption } from "./adoption";
import { type ConfigurationProps } from "./configuration";
import { type DeploymentProps } from "./deployment-props";
import { type Overrides } from "./overrides";
import { type PlacementProps } from "./placement";
import { type SharedConfigurationProps } from "./shared-configuration";

/** What is the same whether a Messenger makes its configuration or shares one. */
interface CommonProps extends DeploymentProps, PlacementProps {
  /**
   * The AWS name of the region that the organisation is in: what the snippet, the Content-Security-Policy and the
   * environment variables are made for. Where the provider connects to is the provider's own affair; `MessengerStack`
   * tells it the same.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
}

/** What a Messenger is made from: `environment` and `defaultLanguage` are enough. */
export interface WebMessengerProps extends CommonProps, ConfigurationProps {
  /**
   * The way out for what a later provider adds.
   * @default - none
   */
  readonly overrides?: Overrides;
  /**
   * Takes over a deployment and its configuration that somebody made by hand, instead of making others: the next deploy imports
   * both, and changes what differs from the props. After it, the property does nothing, and may stay or go.
   * @default - a deployment and a configuration are made
   */
  readonly adopt?: Adoption;
  /** To share a configuration is to leave the properties of one out: see `SharingMessengerProps`. */
  readonly configuration?: never;
}

/** What a Messenger is made from that has no configuration of its own: `environment` and `configuration` are enough. */
export interface SharingMessengerProps extends CommonProps, SharedConfigurationProps {
  /**
   * The way out for what a later provider adds.
   * @default - none
   */
  readonly overrides?: Pick<Overrides, "deployment">;
  /**
   * Takes over a deployment that somebody made by hand, instead of making another. See `WebMessengerProps`.
   * @default - a deployment is made
   */
  readonly adopt?: DeploymentAdoption;
}
