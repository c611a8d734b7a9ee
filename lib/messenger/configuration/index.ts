/** The properties of a Messenger's configuration, by feature. */
export { type AuthenticationProps } from "./authentication";
export {
  type CobrowseChannel,
  cobrowseChannels,
  type CobrowseProps,
  type PauseCondition,
  pauseConditions,
  type PauseCriterion,
} from "./cobrowse";
export { type ConfigurationProps, type SessionPersistenceType, sessionPersistenceTypes } from "./configuration-props";
export {
  type BotProps,
  type ConversationDisconnectProps,
  type ConversationsProps,
  type DisconnectType,
  disconnectTypes,
  type HumanizeProps,
  type NotificationContentType,
  notificationContentTypes,
  type NotificationsProps,
} from "./conversations";
export { type FileUploadMode, type FileUploadProps } from "./file-upload";
export { type HomeScreenProps } from "./home-screen";
export {
  type FormTrackEvent,
  type IdleEvent,
  type JourneyEventsProps,
  type PageviewConfig,
  pageviewConfigs,
  type ScrollDepthEvent,
  type SelectorEvent,
} from "./journey-events";
export { type KnowledgeProps } from "./knowledge";
export { type LabelKey, labelKeys, type LabelsProps } from "./labels";
export {
  type LauncherDisplayType,
  launcherDisplayTypes,
  type LauncherProps,
  launcherVisibilities,
  type LauncherVisibility,
} from "./launcher";
export { type Alignment, alignments, type PositionProps } from "./position";
export { type StylesProps } from "./styles";
export {
  type CustomMessage,
  type CustomMessageType,
  customMessageTypes,
  type EnabledCategory,
  type RouterType,
  routerTypes,
  type SupportCenterProps,
} from "./support-center";
export {
  type ModuleSetting,
  type ModuleType,
  moduleTypes,
  type ScreenProps,
  type ScreenType,
  screenTypes,
} from "./support-center-screens";
export { type GlobalStyle, type HeroStyle, type StyleSettingProps } from "./support-center-style";
export { type IpFilter, type TrackingSettingsProps } from "./tracking-settings";
export {
  type VideoAgentProps,
  type VideoBackground,
  videoBackgrounds,
  type VideoPartyProps,
  type VideoProps,
} from "./video";
