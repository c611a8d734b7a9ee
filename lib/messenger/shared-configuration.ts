import { type WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
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

/** Instead of the properties of a configuration: the configuration that another Messenger makes. */
export interface SharedConfigurationProps extends Readonly<Partial<Record<keyof ConfigurationProps, never>>> {
  /**
   * The configuration that another Messenger makes. Both follow it from version to version; each keeps its own domains,
   * flow and id.
   */
  readonly configuration: WebdeploymentsConfiguration;
}

/** Whether the configuration is another Messenger's. */
export function sharesConfiguration<T extends object>(props: T): props is Extract<T, SharedConfigurationProps> {
  return "configuration" in props && props.configuration !== undefined;
}

/** Says of each property of a configuration that it has no effect where the configuration is another Messenger's. */
export function checkSharedConfiguration(props: object, check: PropertyCheck): void {
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
