import { WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type ConfigurationProps } from "./configuration/configuration-props";
import { absent, either, type Fields, instance, nonEmpty, object, required, textWhere } from "../base/shape";
import { isConstruct } from "./property-check";

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
export function sharesConfiguration<T>(props: T): props is Extract<T, SharedConfigurationProps> {
  return typeof props === "object" && props !== null && "configuration" in props && props.configuration !== undefined;
}

/** Whether it is the resource, rather than what is known of it. */
export function isConfiguration(reference: ConfigurationReference): reference is WebdeploymentsConfiguration {
  return (
    "terraformResourceType" in reference &&
    reference.terraformResourceType === WebdeploymentsConfiguration.tfResourceType
  );
}

const shared = absent("the Messenger that makes the configuration has it; write it there, or leave configuration out");

/** A Messenger that shares a configuration leaves the properties of one out. */
const fieldsOfItsOwn: Fields<Readonly<Partial<Record<keyof ConfigurationProps, never>>>> = {
  defaultLanguage: shared,
  languages: shared,
  configurationName: shared,
  configurationDescription: shared,
  messengerEnabled: shared,
  headlessModeEnabled: shared,
  sessionPersistenceType: shared,
  launcher: shared,
  conversations: shared,
  homeScreen: shared,
  styles: shared,
  position: shared,
  fileUpload: shared,
  labels: shared,
  knowledge: shared,
  authentication: shared,
  journeyEvents: shared,
  cobrowse: shared,
  video: shared,
  supportCenter: shared,
};

const referenceShape = object<ConfigurationReference>({
  id: required(nonEmpty("the configuration's id, or another Messenger's configuration")),
  version: required(
    textWhere('the number of the newest published version, such as "3"', (text) => /^[1-9]\d*$/.test(text)),
  ),
});

/** What the properties of a shared configuration must be. */
export const sharedConfigurationFields: Fields<SharedConfigurationProps> = {
  ...fieldsOfItsOwn,
  configuration: required(
    either<ConfigurationReference>(
      [
        instance<ConfigurationReference>("messenger.configuration of another Messenger", isConfigurationConstruct),
        referenceShape,
      ],
      "messenger.configuration of another Messenger, or an object with id and version",
    ),
  ),
};

/** A resource or a data source. Its attributes are not read: it may be given another logical id, which they would not follow. */
function isConfigurationConstruct(value: unknown): boolean {
  return isConstruct(value) && "id" in value && "version" in value;
}
