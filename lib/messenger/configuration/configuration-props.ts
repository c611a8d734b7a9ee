import { type AuthenticationProps } from "./authentication";
import { type CobrowseProps } from "./cobrowse";
import { type ConversationsProps, type KnowledgeProps } from "./conversations";
import { type FileUploadProps } from "./file-upload";
import { type HomeScreenProps, type LauncherProps, type PositionProps, type StylesProps } from "./appearance";
import { type JourneyEventsProps } from "./journey-events";
import { type LabelsProps } from "./labels";
import { type SupportCenterProps } from "./support-center";
import { type VideoProps } from "./video";

/** How long a browser remembers the visitor's session as it goes from page to page. */
export const sessionPersistenceTypes = ["AcrossSubdomains", "DomainOrSubdomainOnly"] as const;

/** Whether `shop.example.com` continues the session of `www.example.com`, or each host has its own sessions. */
export type SessionPersistenceType = (typeof sessionPersistenceTypes)[number];

/**
 * Everything of a Messenger's configuration. What is not mentioned is left to Genesys, but for what makes a working
 * Messenger: it is enabled, its launcher is on the page and visitors can write. To mention a feature is to turn it on, and to
 * write all of its values: those that it does not say have the defaults that are documented there. Its `enabled: false` turns
 * it off and keeps its settings.
 */
export interface ConfigurationProps {
  /** The language for visitors whose own is not in `languages`, as Genesys writes it: `en-us`, `de`, `pt-br`. */
  readonly defaultLanguage: string;
  /**
   * The languages that the Messenger speaks, `defaultLanguage` among them.
   * @default - the default language alone
   */
  readonly languages?: readonly string[];
  /**
   * The configuration's name in Genesys, 1 to 100 characters.
   * @default - the deployment's name
   */
  readonly configurationName?: string;
  /**
   * The configuration's description in Genesys.
   * @default - says that it is managed as code, and for which environment
   */
  readonly configurationDescription?: string;
  /**
   * Whether pages may start the Messenger at all.
   * @default true
   */
  readonly messengerEnabled?: boolean;
  /**
   * Whether the page draws the Messenger itself, through Genesys's SDK.
   * @default false
   */
  readonly headlessModeEnabled?: boolean;
  /**
   * On which pages a visitor's conversation goes on. Once it was deployed, it stays as it is while a program leaves it out.
   * @default - left to Genesys
   */
  readonly sessionPersistenceType?: SessionPersistenceType;
  /** @default - on the page */
  readonly launcher?: LauncherProps;
  /** @default - visitors can write, see typing, and read rich text */
  readonly conversations?: ConversationsProps;
  /** @default - left to Genesys */
  readonly homeScreen?: HomeScreenProps;
  /** @default - left to Genesys */
  readonly styles?: StylesProps;
  /** @default - left to Genesys */
  readonly position?: PositionProps;
  /** @default - left to Genesys */
  readonly fileUpload?: FileUploadProps;
  /** @default - none */
  readonly labels?: LabelsProps;
  /** @default - none */
  readonly knowledge?: KnowledgeProps;
  /** @default - visitors need not sign in */
  readonly authentication?: AuthenticationProps;
  /** @default - none */
  readonly journeyEvents?: JourneyEventsProps;
  /** @default - none */
  readonly cobrowse?: CobrowseProps;
  /** @default - none */
  readonly video?: VideoProps;
  /** @default - none */
  readonly supportCenter?: SupportCenterProps;
}
