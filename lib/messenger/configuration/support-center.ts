import { type WebdeploymentsConfigurationSupportCenter } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, oneOf, required, text } from "../../base/shape";
import { type ScreenProps, screens as screensOf, screenShape } from "./support-center-screens";
import { type StyleSettingProps, styleSetting as styleSettingOf, styleSettingShape } from "./support-center-style";
import { httpsUrl, unlessEmpty } from "./values";

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
  /** Its picture, as an https URL. The provider sends one in any case, and takes no empty one. */
  readonly imageUri: string;
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
   * @default - none
   */
  readonly knowledgeBaseId?: string;
  /**
   * Whether visitors can say if an article helped.
   * @default false
   */
  readonly feedbackEnabled?: boolean;
  /** @default "Hash" */
  readonly routerType?: RouterType;
  /** @default none */
  readonly customMessages?: readonly CustomMessage[];
  /** @default none */
  readonly enabledCategories?: readonly EnabledCategory[];
  /**
   * The ids of the labels that an article must have to be shown, one at least.
   * @default - all articles
   */
  readonly labelIds?: readonly string[];
  /** @default none */
  readonly screens?: readonly ScreenProps[];
  /** @default - not written */
  readonly styleSetting?: StyleSettingProps;
}

export function supportCenter({
  enabled = true,
  feedbackEnabled = false,
  routerType = "Hash",
  knowledgeBaseId,
  customMessages,
  enabledCategories,
  labelIds,
  screens,
  styleSetting,
}: SupportCenterProps): WebdeploymentsConfigurationSupportCenter {
  return {
    enabled,
    feedbackEnabled,
    routerType,
    ...(knowledgeBaseId !== undefined && { knowledgeBaseId }),
    ...unlessEmpty("customMessages", customMessages),
    ...unlessEmpty("enabledCategories", enabledCategories),
    ...(labelIds && { labelFilter: { labelIds: [...labelIds] } }),
    ...unlessEmpty("screens", screens && screensOf(screens)),
    ...(styleSetting && { styleSetting: styleSettingOf(styleSetting) }),
  };
}

export const supportCenterShape = object<SupportCenterProps>({
  enabled: flag,
  knowledgeBaseId: nonEmpty("the id of the knowledge base"),
  feedbackEnabled: flag,
  routerType: oneOf(routerTypes),
  customMessages: listOf(
    object<CustomMessage>({ type: required(oneOf(customMessageTypes)), defaultValue: required(text) }),
  ),
  enabledCategories: listOf(
    object<EnabledCategory>({ categoryId: required(nonEmpty("the id of the category")), imageUri: required(httpsUrl) }),
  ),
  labelIds: listOf(nonEmpty("the id of a label"), { min: 1 }),
  screens: listOf(screenShape),
  styleSetting: styleSettingShape,
});
