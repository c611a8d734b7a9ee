import { type WebdeploymentsConfigurationSupportCenter } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, object, oneOf, required, text, texts } from "../../base/shape";
import { type ScreenProps, screens as screensOf, screenShape } from "./support-center-screens";
import { type StyleSettingProps, styleSetting as styleSettingOf, styleSettingShape } from "./support-center-style";
import { httpsUrl } from "./values";

/** How the support center's pages show in the browser's address. */
export const routerTypes = ["Hash", "Browser"] as const;

/** The messages of the support center that can be replaced. */
export const customMessageTypes = ["Welcome", "Fallback"] as const;

/** How the support center's pages show in the browser's address: after a `#`, or as paths. */
export type RouterType = (typeof routerTypes)[number];

/** What greets visitors, and what they read when nothing is found. */
export type CustomMessageType = (typeof customMessageTypes)[number];

/** A message of one's own. */
export interface CustomMessage {
  readonly type: CustomMessageType;
  /** The text. */
  readonly defaultValue: string;
}

/** A category of the knowledge base that is shown. */
export interface EnabledCategory {
  /** The category's id. */
  readonly categoryId: string;
  /**
   * Its picture, as an https URL.
   * @default - none
   */
  readonly imageUri?: string;
}

/** A knowledge base as pages of their own. It needs a Genesys licence of its own. */
export interface SupportCenterProps {
  /**
   * Whether there is one.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The id of the knowledge base.
   * @default - left to Genesys
   */
  readonly knowledgeBaseId?: string;
  /**
   * Whether visitors can say if an article helped.
   * @default false
   */
  readonly feedbackEnabled?: boolean;
  /** @default - left to Genesys */
  readonly routerType?: RouterType;
  /** @default none */
  readonly customMessages?: readonly CustomMessage[];
  /** @default - left to Genesys */
  readonly enabledCategories?: readonly EnabledCategory[];
  /**
   * The ids of the labels that an article must have to be shown.
   * @default - all articles
   */
  readonly labelIds?: readonly string[];
  /** @default - left to Genesys */
  readonly screens?: readonly ScreenProps[];
  /** @default - left to Genesys */
  readonly styleSetting?: StyleSettingProps;
}

export function supportCenter({
  enabled = true,
  feedbackEnabled = false,
  customMessages,
  enabledCategories,
  labelIds,
  screens,
  styleSetting,
  ...rest
}: SupportCenterProps): WebdeploymentsConfigurationSupportCenter {
  return {
    enabled,
    feedbackEnabled,
    ...rest,
    ...(customMessages && { customMessages: [...customMessages] }),
    ...(enabledCategories && { enabledCategories: [...enabledCategories] }),
    ...(labelIds && { labelFilter: { labelIds: [...labelIds] } }),
    ...(screens && { screens: screensOf(screens) }),
    ...(styleSetting && { styleSetting: styleSettingOf(styleSetting) }),
  };
}

export const supportCenterShape = object<SupportCenterProps>({
  enabled: flag,
  knowledgeBaseId: text,
  feedbackEnabled: flag,
  routerType: oneOf(routerTypes),
  customMessages: listOf(
    object<CustomMessage>({ type: required(oneOf(customMessageTypes)), defaultValue: required(text) }),
  ),
  enabledCategories: listOf(object<EnabledCategory>({ categoryId: required(text), imageUri: httpsUrl })),
  labelIds: texts,
  screens: listOf(screenShape),
  styleSetting: styleSettingShape,
});
