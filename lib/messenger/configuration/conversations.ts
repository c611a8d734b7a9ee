import { type WebdeploymentsConfigurationMessengerAppsConversations } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, number, object, oneOf, text } from "../../base/shape";
import { httpsUrl } from "./values";

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
   * After how many seconds without a message a visitor's session ends.
   * @default - left to Genesys
   */
  readonly sessionDurationSeconds?: number;
  /**
   * What a visitor sees when an agent ends the conversation.
   * @default - left to Genesys
   */
  readonly conversationDisconnect?: ConversationDisconnectProps;
  /**
   * A name and a face for bots and automatic messages.
   * @default - left to Genesys
   */
  readonly humanize?: HumanizeProps;
  /**
   * Notifications of messages that arrive while the Messenger is closed.
   * @default - left to Genesys
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
  /** @default - left to Genesys */
  readonly type?: DisconnectType;
}

/** A name and a face for bots and automatic messages. */
export interface HumanizeProps {
  /**
   * Whether they have one.
   * @default true
   */
  readonly enabled?: boolean;
  readonly bot?: {
    /** @default - left to Genesys */
    readonly name?: string;
    /**
     * An https URL.
     * @default - left to Genesys
     */
    readonly avatarUrl?: string;
  };
}

/** Notifications of messages that arrive while the Messenger is closed. */
export interface NotificationsProps {
  /**
   * Whether there are any.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default - left to Genesys */
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
  ...rest
}: ConversationsProps): WebdeploymentsConfigurationMessengerAppsConversations {
  return {
    enabled,
    showAgentTypingIndicator,
    showUserTypingIndicator,
    autoStartEnabled,
    conversationClearEnabled,
    markdownEnabled,
    ...rest,
    ...(conversationDisconnect && { conversationDisconnect: { enabled: true, ...conversationDisconnect } }),
    ...(humanize && { humanize: { enabled: true, ...humanize } }),
    ...(notifications && { notifications: { enabled: true, ...notifications } }),
  };
}

export const conversationsShape = object<ConversationsProps>({
  enabled: flag,
  showAgentTypingIndicator: flag,
  showUserTypingIndicator: flag,
  autoStartEnabled: flag,
  conversationClearEnabled: flag,
  markdownEnabled: flag,
  sessionDurationSeconds: number,
  conversationDisconnect: object<ConversationDisconnectProps>({ enabled: flag, type: oneOf(disconnectTypes) }),
  humanize: object<HumanizeProps>({
    enabled: flag,
    bot: object<NonNullable<HumanizeProps["bot"]>>({ name: text, avatarUrl: httpsUrl }),
  }),
  notifications: object<NotificationsProps>({
    enabled: flag,
    notificationContentType: oneOf(notificationContentTypes),
  }),
});
