/** The public API: page addresses in, a Genesys Cloud Messenger out whose allowed domains follow them. */

// The environments of an application, and where their addresses are written
export * from "./environments";

// Addresses, the rules that judge them, and the allow-list that they come to
export { type AddressProblem } from "./origins/address-problem";
export { type Address, parseAddress, type ParsedAddress } from "./origins/address";
export { AllowList, type AllowListOptions } from "./origins/allow-list";
export { type AllowListInput, deriveAllowList, type DerivedAllowList } from "./origins/derive";
export { type AllowListDifference, type Difference } from "./origins/difference";
export { type Explanation } from "./origins/explanation";
export {
  type Finding,
  formatFinding,
  formatPlace,
  type Place,
  refuses,
  type Severity,
  type WrittenAddress,
} from "./origins/finding";
export { type Host } from "./origins/hostname";
export { type AllowedDomain } from "./origins/listed-domains";
export {
  type Acknowledgements,
  type AddressRule,
  type EnvironmentKind,
  environmentKinds,
  type Rule,
  type RuleId,
} from "./origins/rule";
export { rules } from "./origins/rules";
export { type NamedAllowList, sharedHosts } from "./origins/shared-hosts";

// The constructs, and what follows from a deployment
export { type Adoption, type ConfigurationAdoption, type DeploymentAdoption } from "./messenger/adoption";
export {
  type AzurermState,
  type CloudState,
  type GcsState,
  type HttpState,
  type LocalState,
  type OtherState,
  type PgState,
  type S3State,
  type SharedState,
} from "./messenger/backend/states";
export { type StateBackend } from "./messenger/backend/state-backend";
export {
  type Alignment,
  alignments,
  type HomeScreenProps,
  type LauncherDisplayType,
  launcherDisplayTypes,
  type LauncherProps,
  launcherVisibilities,
  type LauncherVisibility,
  type PositionProps,
  type StylesProps,
} from "./messenger/configuration/appearance";
export { type AuthenticationProps } from "./messenger/configuration/authentication";
export {
  type CobrowseChannel,
  cobrowseChannels,
  type CobrowseProps,
  type PauseCondition,
  pauseConditions,
  type PauseCriterion,
} from "./messenger/configuration/cobrowse";
export {
  type ConfigurationProps,
  type SessionPersistenceType,
  sessionPersistenceTypes,
} from "./messenger/configuration/configuration-props";
export {
  type BotProps,
  type ConversationDisconnectProps,
  type ConversationsProps,
  type DisconnectType,
  disconnectTypes,
  type HumanizeProps,
  type KnowledgeProps,
  type NotificationContentType,
  notificationContentTypes,
  type NotificationsProps,
} from "./messenger/configuration/conversations";
export { type FileUploadMode, type FileUploadProps } from "./messenger/configuration/file-upload";
export {
  type FormTrackEvent,
  type IdleEvent,
  type IpFilter,
  type JourneyEventsProps,
  type PageviewConfig,
  pageviewConfigs,
  type ScrollDepthEvent,
  type SelectorEvent,
  type TrackingSettingsProps,
} from "./messenger/configuration/journey-events";
export { type LabelKey, labelKeys, type LabelsProps } from "./messenger/configuration/labels";
export {
  type CustomMessage,
  type CustomMessageType,
  customMessageTypes,
  type EnabledCategory,
  type GlobalStyle,
  type HeroStyle,
  type ModuleSetting,
  type ModuleType,
  moduleTypes,
  type RouterType,
  routerTypes,
  type ScreenProps,
  type ScreenType,
  screenTypes,
  type StyleSettingProps,
  type SupportCenterProps,
} from "./messenger/configuration/support-center";
export {
  type VideoAgentProps,
  type VideoBackground,
  videoBackgrounds,
  type VideoPartyProps,
  type VideoProps,
} from "./messenger/configuration/video";
export {
  type ContentSecurityPolicy,
  contentSecurityPolicy,
  type ContentSecurityPolicyProps,
  type CspDirective,
  type CspDirectives,
  mergeContentSecurityPolicy,
} from "./messenger/content-security-policy";
export {
  type DeploymentProps,
  type PushIntegration,
  type PushProvider,
  pushProviders,
} from "./messenger/deployment-props";
export {
  type DeploymentAttributes,
  type ImportOptions,
  type IWebMessenger,
  type LookUpOptions,
} from "./messenger/imported-messenger";
export {
  type IMessengerConfiguration,
  MessengerConfiguration,
  type MessengerConfigurationProps,
} from "./messenger/messenger-configuration";
export { MessengerStack, type MessengerStackProps, type SharingMessengerStackProps } from "./messenger/messenger-stack";
export { type Overrides, type RawArguments } from "./messenger/overrides";
export { type PlacementProps } from "./messenger/placement";
export { type Reference } from "./messenger/reference";
export { ReleasedMessenger } from "./messenger/released-messenger";
export {
  type MessengerEnvironmentVariables,
  messengerEnvironmentVariables,
  messengerSnippet,
  type SnippetProps,
} from "./messenger/snippet";
export { type TerraformValue, terraformValue, type TerraformValueOptions } from "./messenger/terraform-value";
export { type SharingMessengerProps, type WebMessengerProps } from "./messenger/web-messenger-props";
export { WebMessenger } from "./messenger/web-messenger";

// The provider block, for stacks that write their own: the bindings travel inside this package
export { GenesyscloudProvider } from "./messenger/provider";

// Facts of Genesys Cloud
export { type DomainPolicy, entryAdmits, policyAdmits } from "./genesys/host-check";
export { type AwsRegion, findRegion, type Region, regions } from "./genesys/regions";
