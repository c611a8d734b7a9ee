import {
  type WebdeploymentsConfigurationMessengerHomeScreen,
  type WebdeploymentsConfigurationMessengerLauncherButton,
  type WebdeploymentsConfigurationPosition,
} from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, object, oneOf, required, wholeNumber } from "../../base/shape";
import { colour, httpsUrl, httpsUrlOrNone } from "./values";

/** When the launcher is on the page. */
export const launcherVisibilities = ["On", "Off", "OnDemand"] as const;

/** What the launcher shows. */
export const launcherDisplayTypes = ["Icon", "Text", "IconAndText"] as const;

/** When the launcher is on the page: always, never, or when the page's own code asks for it. */
export type LauncherVisibility = (typeof launcherVisibilities)[number];

/** What the launcher shows. */
export type LauncherDisplayType = (typeof launcherDisplayTypes)[number];

/** The button on the page that opens the Messenger. */
export interface LauncherProps {
  /**
   * `OnDemand` hides it until the page calls `Launcher.show`; the Messenger itself is loaded all the same, so this is
   * not a way to wait for a visitor's consent.
   * @default "On"
   */
  readonly visibility?: LauncherVisibility;
  /**
   * An icon, the text of the label `MessengerLauncherButtonText`, or both.
   * @default "Icon"
   */
  readonly displayType?: LauncherDisplayType;
  /**
   * A custom picture, as an https URL.
   * @default - the Messenger's icon
   */
  readonly iconUrl?: string;
}

/** @param props undefined where the program does not mention the launcher: then it only says that the button is on the page */
export function launcherButton(props?: LauncherProps): WebdeploymentsConfigurationMessengerLauncherButton {
  if (props === undefined) return { visibility: "On" };
  const { visibility = "On", displayType = "Icon", iconUrl } = props;
  return { visibility, displayType, ...(iconUrl !== undefined && { icon: { url: iconUrl } }) };
}

export const launcherShape = object<LauncherProps>({
  visibility: oneOf(launcherVisibilities),
  displayType: oneOf(launcherDisplayTypes),
  iconUrl: httpsUrl,
});

/** The side of the page that the launcher is on. */
export const alignments = ["Auto", "Left", "Right"] as const;

/** The side of the page that the launcher is on; `Auto` follows the direction of the language. */
export type Alignment = (typeof alignments)[number];

/** Where the launcher and the Messenger are on the page. */
export interface PositionProps {
  /** @default "Auto" */
  readonly alignment?: Alignment;
  /**
   * Pixels to the side of the page, 0 or more.
   * @default 10
   */
  readonly sideSpace?: number;
  /**
   * Pixels to the bottom of the page, 0 or more.
   * @default 20
   */
  readonly bottomSpace?: number;
}

export function position({
  alignment = "Auto",
  sideSpace = 10,
  bottomSpace = 20,
}: PositionProps): WebdeploymentsConfigurationPosition {
  return { alignment, sideSpace, bottomSpace };
}

export const positionShape = object<PositionProps>({
  alignment: oneOf(alignments),
  sideSpace: wholeNumber(0),
  bottomSpace: wholeNumber(0),
});

/** The Messenger's looks. */
export interface StylesProps {
  /** The colour of the launcher, of buttons and of the visitor's messages, as `#rrggbb`. */
  readonly primaryColor: string;
}

export const stylesShape = object<StylesProps>({ primaryColor: required(colour) });

/** The screen that greets a visitor before the conversation. */
export interface HomeScreenProps {
  /**
   * Whether there is one.
   * @default true
   */
  readonly enabled?: boolean;
  /** The picture at its top, as an https URL; `""` for none. The provider sends it in any case, so a program says it. */
  readonly logoUrl: string;
}

export function homeScreen({
  enabled = true,
  logoUrl,
}: HomeScreenProps): WebdeploymentsConfigurationMessengerHomeScreen {
  return { enabled, logoUrl };
}

export const homeScreenShape = object<HomeScreenProps>({ enabled: flag, logoUrl: required(httpsUrlOrNone) });
