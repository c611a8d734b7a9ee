import { type WebdeploymentsConfigurationSupportCenterScreens } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, object, oneOf, required } from "../../base/shape";

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

export function screens(props: readonly ScreenProps[]): WebdeploymentsConfigurationSupportCenterScreens[] {
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

export const screenShape = object<ScreenProps>({
  type: required(oneOf(screenTypes)),
  moduleSettings: required(listOf(moduleSettingShape, { min: 1 })),
});
