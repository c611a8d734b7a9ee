/** The constructs, and what follows from a deployment: snippet, environment variables, Content-Security-Policy. */
export { type Adoption, type DeploymentAdoption } from "./adoption";
export {
  type AzurermState,
  type CloudState,
  type GcsState,
  type HttpState,
  type LocalState,
  type PgState,
  type S3State,
  type SharedState,
  type StateBackend,
} from "./backend";
export * from "./configuration";
export {
  type ContentSecurityPolicy,
  contentSecurityPolicy,
  type ContentSecurityPolicyProps,
  type CspDirective,
  type CspDirectives,
} from "./content-security-policy";
export { type DeploymentProps, type PushIntegration, type PushProvider, pushProviders } from "./deployment-props";
export { type MessengerEnvironmentVariables, messengerEnvironmentVariables } from "./environment-variables";
export { type DeploymentAttributes, type ImportOptions, type LookUpOptions } from "./imported-messenger";
export { mergeContentSecurityPolicy } from "./merge-content-security-policy";
export { MessengerStack, type MessengerStackProps, type SharingMessengerStackProps } from "./messenger-stack";
export { type Overrides, type RawArguments } from "./overrides";
export { type PlacementProps } from "./placement";
export { type Reference } from "./reference";
export { type ConfigurationReference, type SharedConfigurationProps } from "./shared-configuration";
export { ReleasedMessenger } from "./released-messenger";
export { messengerSnippet, type SnippetProps } from "./snippet";
export { type TerraformValue, terraformValue, type TerraformValueOptions } from "./terraform-value";
export { WebMessenger } from "./web-messenger";
export { type IWebMessenger } from "./web-messenger-base";
export { type SharingMessengerProps, type WebMessengerProps } from "./web-messenger-props";
