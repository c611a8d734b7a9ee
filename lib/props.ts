/**
 * The properties of the constructs, and the values that they accept, by name: for programs that put a part of them into a variable
 * or a function. What a stack writes in place needs none of them.
 */
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
export { type CspDirective, type CspDirectives } from "./genesys/content-security-policy";
export { type ContentSecurityPolicyProps } from "./messenger/content-security-policy";
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
export { type Overrides, type RawArguments } from "./messenger/overrides";
export { type IdOrName } from "./messenger/id-or-name";
export { type SharingMessengerStackProps } from "./messenger/messenger-stack";
export { type MetaArgumentProps } from "./messenger/meta-arguments";
export { type DeployedMessenger, type SnippetProps } from "./messenger/snippet";
export { type TerraformValueOptions } from "./messenger/terraform-value";
export { type SharingMessengerProps, type WebMessengerProps } from "./messenger/web-messenger-props";

// The bindings behind `messenger.deployment`, `configuration.resource` and the provider: their package is installed inside this one
export { type GenesyscloudProviderConfig } from "@cdktf/provider-genesyscloud/lib/provider";
export { type WebdeploymentsConfiguration } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
export { type WebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
