/** What a stack needs: environments in, a Genesys Cloud Messenger out whose allowed domains follow them. */

// The environments of an application, and where their addresses are written. What else belongs to them is in ./environments
export {
  type AddressSource,
  appHosting,
  envCmdrc,
  envFile,
  envFiles,
  lockFile,
  netlifySite,
  netlifyToml,
  nextConfig,
  nextEnvironment,
  type NextEnvironment,
  type NextEnvironmentProps,
  nextIntlRouting,
  vercelProject,
  wrangler,
} from "./environments";
export { type EnvironmentKind } from "./addresses";

// The constructs. The parts of their properties are in ./props, what their allow-lists consist of in ./addresses
export {
  type Adoption,
  type ConfigurationProps,
  type DeploymentAttributes,
  type IWebMessenger,
  type Overrides,
  type StateBackend,
  type WebMessengerProps,
} from "./props";
export {
  type IMessengerConfiguration,
  MessengerConfiguration,
  type MessengerConfigurationProps,
} from "./messenger/messenger-configuration";
export { MessengerStack, type MessengerStackProps } from "./messenger/messenger-stack";
export { GenesyscloudProvider } from "./messenger/provider"; // for stacks that write the provider block themselves
export { ReleasedMessenger } from "./messenger/released-messenger";
export { type TerraformValue, terraformValue } from "./messenger/terraform-value";
export { WebMessenger } from "./messenger/web-messenger";

// What follows from a deployment
export {
  type ContentSecurityPolicy,
  contentSecurityPolicy,
  mergeContentSecurityPolicy,
} from "./messenger/content-security-policy";
export { type MessengerEnvironmentVariables } from "./genesys/deployment";
export { messengerEnvironmentVariables, messengerSnippet } from "./messenger/snippet";
export { type AwsRegion, findRegion, type Region, regions } from "./genesys/regions";
