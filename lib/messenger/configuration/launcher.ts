import { type WebdeploymentsConfigurationMessengerLauncherButton } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { object, oneOf } from "../../base/shape";
import { httpsUrl } from "./values";

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
   * A picture of one's own, as an https URL.
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
