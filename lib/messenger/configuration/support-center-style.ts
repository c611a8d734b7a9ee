import { type WebdeploymentsConfigurationSupportCenterStyleSetting } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type PropertyCheck } from "../property-check";

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

/** The looks of a support center. */
export interface StyleSettingProps {
  /** @default - left to Genesys */
  readonly globalStyle?: GlobalStyle;
  /** @default - left to Genesys */
  readonly heroStyle?: HeroStyle;
}

export function styleSetting({
  globalStyle,
  heroStyle,
}: StyleSettingProps): WebdeploymentsConfigurationSupportCenterStyleSetting {
  return {
    ...(globalStyle && { globalStyleSetting: globalStyle }),
    ...(heroStyle && { heroStyleSetting: heroStyle }),
  };
}

export function checkStyleSetting({ globalStyle, heroStyle }: StyleSettingProps, check: PropertyCheck): void {
  const all = check.in("globalStyle");
  all.colour("backgroundColor", globalStyle?.backgroundColor);
  all.colour("primaryColor", globalStyle?.primaryColor);
  all.colour("primaryColorDark", globalStyle?.primaryColorDark);
  all.colour("primaryColorLight", globalStyle?.primaryColorLight);
  all.colour("textColor", globalStyle?.textColor);
  const hero = check.in("heroStyle");
  hero.colour("backgroundColor", heroStyle?.backgroundColor);
  hero.colour("textColor", heroStyle?.textColor);
  hero.httpsUrl("imageUri", heroStyle?.imageUri);
}
