import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type ConfigurationProps } from "./configuration";
import { type PropertyCheck } from "./property-check";

/** The properties that say what a configuration is. A Messenger that shares one leaves all of them out. */
const ofTheConfiguration: Readonly<Record<keyof ConfigurationProps, true>> = {
  defaultLanguage: true,
  languages: true,
  configurationName: true,
  configurationDescription: true,
  messengerEnabled: true,
  headlessModeEnabled: true,
  sessionPersistenceType: true,
  launcher: true,
  conversations: true,
  homeScreen: true,
  styles: true,
  position: true,
  fileUpload: true,
  labels: true,
  knowledge: true,
  authentication: true,
  journeyEvents: true,
  cobrowse: true,
  video: true,
  supportCenter: true,
};

/**
 * A configuration that something else makes: the resource of another Messenger (`messenger.configuration`, in whatever stack), a data
 * source, or its two values, written out or read by Terraform from another state.
 */
export interface ConfigurationReference {
  readonly id: string;
  /**
   * The version that the deployment shows: the newest published one, an integer such as `"3"`. Genesys Cloud is always told the newest,
   * so that a deploy fails where an older one is written out.
   */
  readonly version: string;
}

/** Instead of the properties of a configuration: the configuration that something else makes. */
export interface SharedConfigurationProps extends Readonly<Partial<Record<keyof ConfigurationProps, never>>> {
  /**
   * The configuration that another Messenger makes, or what is known of one that is made elsewhere. All of its deployments follow it
   * from version to version; each keeps its own domains, flow and id.
   */
  readonly configuration: ConfigurationReference;
}

/** Whether the configuration is another Messenger's. */
export function sharesConfiguration<T extends object>(props: T): props is Extract<T, SharedConfigurationProps> {
  return "configuration" in props && props.configuration !== undefined;
}

/** Whether it is the resource, rather than what is known of it. */
export function isConfiguration(reference: ConfigurationReference): reference is WebdeploymentsConfiguration {
  return (
    "terraformResourceType" in reference &&
    reference.terraformResourceType === WebdeploymentsConfiguration.tfResourceType
  );
}

/** Says of each property of a configuration that it has no effect where the configuration is another Messenger's. */
export function checkSharedConfiguration(props: SharedConfigurationProps, check: PropertyCheck): void {
  const { id, version } = props.configuration;
  const at = check.in("configuration");
  at.required("id", id, "write the configuration's id, or pass the configuration of another Messenger");
  if (
    at.required(
      "version",
      version,
      "write the newest published version, or pass the configuration of another Messenger",
    )
  ) {
    at.expect("version", version, (text) => /^[1-9]\d*$/.test(text), {
      message: "is no version of a configuration",
      remedy: 'write the number of the newest published one, such as "3"',
    });
  }
  for (const [property, value] of Object.entries(props)) {
    if (!(property in ofTheConfiguration) || value === undefined) continue;
    check.refuse({
      property,
      value,
      message: "has no effect on a configuration that another Messenger makes",
      remedy: "write it there, or leave `configuration` out",
    });
  }
}
