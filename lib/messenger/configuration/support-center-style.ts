import { type WebdeploymentsConfigurationSupportCenterStyleSetting } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { object, required, text } from "../../base/shape";
import { colour, httpsUrl } from "./values";

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

export const styleSettingShape = object<StyleSettingProps>({
  globalStyle: object<GlobalStyle>({
    backgroundColor: required(colour),
    fontFamily: required(text),
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
