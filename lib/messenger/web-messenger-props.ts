import { absent, type Fields } from "../base/shape";
import { type AwsRegion } from "../genesys/regions";
import { type Adoption, adoptionShape, type DeploymentAdoption, deploymentAdoptionShape } from "./adoption";
import { type ConfigurationProps } from "./configuration/configuration-props";
import { configurationFields } from "./configuration/configuration";
import { deploymentFields } from "./deployment";
import { type DeploymentProps } from "./deployment-props";
import { deploymentOverridesShape, type Overrides, overridesShape } from "./overrides";
import { dependenciesShape, type PlacementProps } from "./placement";
import { regionShape } from "./provider";
import { sharedConfigurationFields, type SharedConfigurationProps } from "./shared-configuration";

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

/**
 * A Messenger that makes its configuration, as the parameter of a construct. It is the last type of its union, and of those the
 * compiler names the last one's properties where one is missing: `defaultLanguage`, not `configuration`.
 */
export type WithOwnConfiguration<Props> = { readonly [Name in keyof Props]: Props[Name] };

const commonFields: Fields<Omit<CommonProps, "provider">> = {
  ...deploymentFields,
  dependsOn: dependenciesShape,
  region: regionShape,
};

/** What the properties of a Messenger must be that makes its configuration, but for the provider: a stack has its own. */
export const ownFields: Fields<Omit<WebMessengerProps, "provider">> = {
  ...commonFields,
  ...configurationFields,
  overrides: overridesShape,
  adopt: adoptionShape,
  configuration: absent("leave it out"),
};

/** The same of a Messenger that shares one. */
export const sharingFields: Fields<Omit<SharingMessengerProps, "provider">> = {
  ...commonFields,
  ...sharedConfigurationFields,
  overrides: deploymentOverridesShape,
  adopt: deploymentAdoptionShape,
};

const declared = "declare the addresses on the environment";

/** What does not belong to a Messenger, and where it does. */
export const elsewhere = {
  allowedDomains: declared,
  allowAllDomains: declared,
  addresses: declared,
  domains: declared,
};
