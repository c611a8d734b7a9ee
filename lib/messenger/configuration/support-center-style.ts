import { type WebdeploymentsConfigurationSupportCenterStyleSetting } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { nonEmpty, object, required } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
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

/** The looks of a support center: of every page, of the top of the home page, or both. */
export interface StyleSettingProps {
  /** @default - not written */
  readonly globalStyle?: GlobalStyle;
  /** @default - not written */
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
