import {
  type WebdeploymentsConfigurationSupportCenter,
  type WebdeploymentsConfigurationSupportCenterScreens,
  type WebdeploymentsConfigurationSupportCenterStyleSetting,
} from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, oneOf, required, text } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { colour, httpsUrl, unlessEmpty } from "./values";

/** The looks of every page of a support center; colours as `#rrggbb`. */
export interface GlobalStyle {
  readonly backgroundColor: string;
  /** A CSS font family. */
  readonly fontFamily: string;
  readonly primaryColor: string;
  readonly primaryColorDark: string;
  readonly primaryColorLight: string;
  readonly textColor: string;
}

/** The looks of the top of a support center's home page; colours as `#rrggbb`. */
export interface HeroStyle {
  readonly backgroundColor: string;
  /** The picture, as an https URL. */
  readonly imageUri: string;
  readonly textColor: string;
}

/** The looks of a support center: of every page, of the top of the home page, or both. */
export interface StyleSettingProps {
  /** @default - not written */
  readonly globalStyle?: GlobalStyle;
  /** @default - not written */
  readonly heroStyle?: HeroStyle;
}

function styleSettingOf({
  globalStyle,
  heroStyle,
}: StyleSettingProps): WebdeploymentsConfigurationSupportCenterStyleSetting {
  return {
    ...(globalStyle && { globalStyleSetting: globalStyle }),
    ...(heroStyle && { heroStyleSetting: heroStyle }),
  };
}

const styleSettingShape = object<StyleSettingProps>({
  globalStyle: object<GlobalStyle>({
    backgroundColor: required(colour),
    fontFamily: required(nonEmpty('a CSS font family, such as "Roboto"')),
    primaryColor: required(colour),
    primaryColorDark: required(colour),
    primaryColorLight: required(colour),
    textColor: required(colour),
  }),
  heroStyle: object<HeroStyle>({
    backgroundColor: required(colour),
    imageUri: required(httpsUrl),
    textColor: required(colour),
  }),
});

/** A style setting without a style crashes the provider. */
export function checkStyleSetting(props: StyleSettingProps, check: PropertyCheck): void {
  if (props.globalStyle !== undefined || props.heroStyle !== undefined) return;
  check.refuse("styleSetting", props, "expected globalStyle, heroStyle or both; write one, or leave styleSetting out");
}

/** The screens of a support center. */
export const screenTypes = ["Home", "Category", "SearchResults", "Article"] as const;

/** What a screen is made of. */
export const moduleTypes = [
  "Search",
  "Categories",
  "FAQ",
  "Contact",
  "Results",
  "Article",
  "TopViewedArticles",
] as const;

/** A screen of a support center. */
export type ScreenType = (typeof screenTypes)[number];

/** A part of a screen. */
export type ModuleType = (typeof moduleTypes)[number];

/** A part of a screen. */
export interface ModuleSetting {
  readonly type: ModuleType;
  /**
   * Whether it is shown.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Whether categories are listed in their short form.
   * @default false
   */
  readonly compactCategoryModuleTemplateActive?: boolean;
  /**
   * Whether categories are listed with their articles, and whether a side bar lists them too.
   * @default - not written
   */
  readonly detailedCategoryModuleTemplate?: { readonly active: boolean; readonly sidebarEnabled: boolean };
}

/** A screen and its parts. */
export interface ScreenProps {
  readonly type: ScreenType;
  /** At least one. */
  readonly moduleSettings: readonly ModuleSetting[];
}

function screensOf(props: readonly ScreenProps[]): WebdeploymentsConfigurationSupportCenterScreens[] {
  return props.map(({ type, moduleSettings }) => ({
    type,
    moduleSettings: moduleSettings.map(moduleSetting),
  }));
}

function moduleSetting({
  type,
  enabled = true,
  compactCategoryModuleTemplateActive = false,
  detailedCategoryModuleTemplate,
}: ModuleSetting) {
  return {
    type,
    enabled,
    compactCategoryModuleTemplateActive,
    ...(detailedCategoryModuleTemplate && { detailedCategoryModuleTemplate }),
  };
}

const moduleSettingShape = object<ModuleSetting>({
  type: required(oneOf(moduleTypes)),
  enabled: flag,
  compactCategoryModuleTemplateActive: flag,
  detailedCategoryModuleTemplate: object<NonNullable<ModuleSetting["detailedCategoryModuleTemplate"]>>({
    active: required(flag),
    sidebarEnabled: required(flag),
  }),
});

const screenShape = object<ScreenProps>({
  type: required(oneOf(screenTypes)),
  moduleSettings: required(listOf(moduleSettingShape, { min: 1 })),
});

/** How the support center's pages show in the browser's address. */
export const routerTypes = ["Hash", "Browser"] as const;

/** The messages of the support center that can be replaced. */
export const customMessageTypes = ["Welcome", "Fallback"] as const;

/** How the support center's pages show in the browser's address: after a `#`, or as paths. */
export type RouterType = (typeof routerTypes)[number];

/** What greets visitors, and what they read when nothing is found. */
export type CustomMessageType = (typeof customMessageTypes)[number];

/** A custom message. */
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

/** A knowledge base as separate pages. It needs a separate Genesys licence. */
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
