import { isRecord } from "../base/json";
import { type Fields, text } from "../base/shape";
import { type AwsRegion } from "../genesys/regions";
import { type Adoption, adoptionShape, type DeploymentAdoption } from "./adoption";
import { configurationFields } from "./configuration/configuration";
import { type ConfigurationProps } from "./configuration/configuration-props";
import { languageOfMost } from "./configuration/labels";
import { deploymentFields } from "./deployment";
import { type DeploymentProps } from "./deployment-props";
import { configurationReferenceShape, type IMessengerConfiguration } from "./messenger-configuration";
import { type Overrides, overridesShape } from "./overrides";
import { dependenciesShape, type MetaArgumentProps } from "./meta-arguments";
import { type PropertyCheck } from "./property-check";
import { regionShape } from "./provider";

/** What all Messengers have. */
interface CommonProps extends DeploymentProps, MetaArgumentProps {
  /**
   * The AWS name of the organisation's region, for the snippet, the Content-Security-Policy and the environment variables. It does not
   * set where the provider connects to; `MessengerStack` tells the provider the same region.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
}

/** The properties of a Messenger that makes its configuration: `environment` and `defaultLanguage` are enough. */
export interface WebMessengerProps extends CommonProps, ConfigurationProps {
  /**
   * Arguments of the resources that a later version of the provider adds.
   * @default - none
   */
  readonly overrides?: Overrides;
  /**
   * Adopts a deployment and its configuration that were made by hand, instead of making new ones: the next deploy imports both and
   * changes what differs from the properties. After that, the property has no effect and may be removed.
   * @default - a deployment and a configuration are made
   */
  readonly adopt?: Adoption;
}

/** The properties of a Messenger that is given its configuration: `environment` and `configuration` are enough. */
export interface SharingMessengerProps extends CommonProps {
  /**
   * The configuration that the deployment shows: a `MessengerConfiguration`, or that of another Messenger. Its deployments follow it
   * from version to version; each keeps its own domains, flow and id.
   */
  readonly configuration: IMessengerConfiguration;
  /**
   * Arguments of the deployment that a later version of the provider adds.
   * @default - none
   */
  readonly overrides?: Pick<Overrides, "deployment">;
  /**
   * Adopts a deployment that was made by hand, instead of making a new one. See `WebMessengerProps`.
   * @default - a deployment is made
   */
  readonly adopt?: DeploymentAdoption;
}

/**
 * The properties of a Messenger that makes its configuration, as the parameter of a construct. Of the types of a union the compiler
 * names the last one's properties if one is missing: a type that is made here is the last one, so that it names `defaultLanguage`.
 */
export type WithOwnConfiguration<Props> = { readonly [Name in keyof Props]: Props[Name] };

/** Every property of either. Which of them may stand together is for `checkConfigurationSource`. */
export type AnyMessengerProps = Partial<ConfigurationProps> &
  Omit<WebMessengerProps, keyof ConfigurationProps | "adopt" | "provider"> &
  Partial<Pick<SharingMessengerProps, "configuration">> & { readonly adopt?: DeploymentAdoption & Partial<Adoption> };

/** What the properties of a Messenger must be, but for the provider: a stack has its own. */
export const messengerFields: Fields<AnyMessengerProps> = {
  ...deploymentFields,
  ...configurationFields,
  defaultLanguage: text,
  configuration: configurationReferenceShape,
  dependsOn: dependenciesShape,
  region: regionShape,
  overrides: overridesShape,
  adopt: adoptionShape,
};

/** Whether a Messenger is given its configuration. */
export function sharesConfiguration<Props extends object>(
  props: Props,
): props is Extract<Props, Pick<SharingMessengerProps, "configuration">> {
  return "configuration" in props && props.configuration !== undefined;
}

/**
 * Checks that there is one configuration: with the properties of one beside a `configuration` they would have no effect, with neither
 * there is nothing to show.
 */
export function checkConfigurationSource(props: unknown, check: PropertyCheck): void {
  if (!isRecord(props)) return;
  const { configuration, defaultLanguage, overrides, adopt } = props;
  const adopted = isRecord(adopt) ? adopt["configurationId"] : undefined;
  if (configuration === undefined) {
    if (defaultLanguage === undefined)
      check.missing(
        "defaultLanguage",
        `expected ${languageOfMost}, or another Messenger's configuration as "configuration"`,
      );
    if (isRecord(adopt) && adopted === undefined) check.in("adopt").missing("configurationId", expectedId);
    return;
  }
  const given = [
    ...Object.keys(configurationFields).filter((name) => props[name] !== undefined),
    ...(isRecord(overrides) && overrides["configuration"] !== undefined ? ["overrides.configuration"] : []),
    ...(adopted === undefined ? [] : ["adopt.configurationId"]),
  ];
  if (given.length === 0) return;
  check.conflict("configuration", given, "set them where the configuration is made, or leave configuration out");
}

const expectedId = "expected the configuration's id, which origins adopt prints";

const declared = "declare the addresses on the environment";

/** What does not belong to a Messenger, and where it does. */
export const elsewhere = {
  allowedDomains: declared,
  allowAllDomains: declared,
  addresses: declared,
  domains: declared,
};
