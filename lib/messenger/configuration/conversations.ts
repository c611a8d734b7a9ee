import {
  type WebdeploymentsConfigurationMessengerAppsConversations,
  type WebdeploymentsConfigurationMessengerAppsKnowledge,
} from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, nonEmpty, object, oneOf, required, wholeNumber } from "../../base/shape";
import { httpsUrlOrNone } from "./values";

/** Articles of a knowledge base inside the Messenger. */
export interface KnowledgeProps {
  /** The id of the knowledge base. */
  readonly knowledgeBaseId: string;
  /**
   * Whether visitors can search it.
   * @default true
   */
  readonly enabled?: boolean;
}

export function knowledge({
  enabled = true,
  knowledgeBaseId,
}: KnowledgeProps): WebdeploymentsConfigurationMessengerAppsKnowledge {
  return { enabled, knowledgeBaseId };
}

export const knowledgeShape = object<KnowledgeProps>({
  knowledgeBaseId: required(nonEmpty("the id of the knowledge base that visitors search")),
  enabled: flag,
});

/** What a visitor sees when an agent ends the conversation. */
export const disconnectTypes = ["Send", "ReadOnly"] as const;

/** What a push notification shows of a message. */
export const notificationContentTypes = ["IncludeMessagesContent", "ExcludeMessagesContent"] as const;

/** `Send` tells the visitor that the conversation ended; `ReadOnly` also ends the visitor's writing. */
export type DisconnectType = (typeof disconnectTypes)[number];

/** What a push notification shows of a message: its text, or only that there is one. */
export type NotificationContentType = (typeof notificationContentTypes)[number];

/** Conversations between visitors and agents or bots. */
export interface ConversationsProps {
  /**
   * Whether visitors can write.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Whether visitors see that an agent is typing.
   * @default true
   */
  readonly showAgentTypingIndicator?: boolean;
  /**
   * Whether agents see that a visitor is typing.
   * @default true
   */
  readonly showUserTypingIndicator?: boolean;
  /**
   * Whether a conversation starts when the Messenger is opened, rather than with the visitor's first message.
   * @default false
   */
  readonly autoStartEnabled?: boolean;
  /**
   * Whether visitors can clear the conversation.
   * @default false
   */
  readonly conversationClearEnabled?: boolean;
  /**
   * Whether Markdown in an agent's or a bot's message is shown as rich text.
   * @default true
   */
  readonly markdownEnabled?: boolean;
  /**
   * After how many seconds without a message a visitor's session ends, 1 or more. Once it was deployed, it stays as it is while a program
   * leaves it out.
   * @default - not sent: the value that Genesys has for every Messenger
   */
  readonly sessionDurationSeconds?: number;
  /**
   * What a visitor sees when an agent ends the conversation.
   * @default - not written
   */
  readonly conversationDisconnect?: ConversationDisconnectProps;
  /**
   * A name and a face for bots and automatic messages.
   * @default - not written
   */
  readonly humanize?: HumanizeProps;
  /**
   * Notifications of messages that arrive while the Messenger is closed.
   * @default - not written
   */
  readonly notifications?: NotificationsProps;
}

/** What a visitor sees when an agent ends the conversation. */
export interface ConversationDisconnectProps {
  /**
   * Whether the visitor sees it at all.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default "Send" */
  readonly type?: DisconnectType;
}

/** A name and a face for bots and automatic messages. */
export interface HumanizeProps {
  /**
   * Whether they have one.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default - not written */
  readonly bot?: BotProps;
}

/** What a bot is called and looks like. The provider sends both, so a program says both. */
export interface BotProps {
  readonly name: string;
  /** The picture, as an https URL; `""` for none. */
  readonly avatarUrl: string;
}

/** Notifications of messages that arrive while the Messenger is closed. */
export interface NotificationsProps {
  /**
   * Whether there are any.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default "ExcludeMessagesContent" */
  readonly notificationContentType?: NotificationContentType;
}

export function conversations({
  enabled = true,
  showAgentTypingIndicator = true,
  showUserTypingIndicator = true,
  autoStartEnabled = false,
  conversationClearEnabled = false,
  markdownEnabled = true,
  conversationDisconnect,
  humanize,
  notifications,
  sessionDurationSeconds,
}: ConversationsProps): WebdeploymentsConfigurationMessengerAppsConversations {
  return {
    enabled,
    showAgentTypingIndicator,
    showUserTypingIndicator,
    autoStartEnabled,
    conversationClearEnabled,
    markdownEnabled,
    ...(sessionDurationSeconds !== undefined && { sessionDurationSeconds }),
    ...(conversationDisconnect && { conversationDisconnect: disconnectOf(conversationDisconnect) }),
    ...(humanize && { humanize: humanizeOf(humanize) }),
    ...(notifications && { notifications: notificationsOf(notifications) }),
  };
}

function disconnectOf({ enabled = true, type = "Send" }: ConversationDisconnectProps) {
  return { enabled, type };
}

function humanizeOf({ enabled = true, bot }: HumanizeProps) {
  return { enabled, ...(bot && { bot }) };
}

function notificationsOf({ enabled = true, notificationContentType = "ExcludeMessagesContent" }: NotificationsProps) {
  return { enabled, notificationContentType };
}

export const conversationsShape = object<ConversationsProps>({
  enabled: flag,
  showAgentTypingIndicator: flag,
  showUserTypingIndicator: flag,
  autoStartEnabled: flag,
  conversationClearEnabled: flag,
  markdownEnabled: flag,
  sessionDurationSeconds: wholeNumber(1),
  conversationDisconnect: object<ConversationDisconnectProps>({ enabled: flag, type: oneOf(disconnectTypes) }),
  humanize: object<HumanizeProps>({
    enabled: flag,
    bot: object<BotProps>({
      name: required(nonEmpty("what bots and automatic messages are called")),
      avatarUrl: required(httpsUrlOrNone),
    }),
  }),
  notifications: object<NotificationsProps>({
    enabled: flag,
    notificationContentType: oneOf(notificationContentTypes),
  }),
});
