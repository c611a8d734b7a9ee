import { type WebdeploymentsConfigurationMessengerHomeScreen } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, object } from "../../base/shape";
import { httpsUrl } from "./values";

/** The screen that greets a visitor before the conversation. */
export interface HomeScreenProps {
  /**
   * Whether there is one.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The picture at its top, as an https URL.
   * @default - left to Genesys
   */
  readonly logoUrl?: string;
}

export function homeScreen({
  enabled = true,
  ...rest
}: HomeScreenProps): WebdeploymentsConfigurationMessengerHomeScreen {
  return { enabled, ...rest };
}

export const homeScreenShape = object<HomeScreenProps>({ enabled: flag, logoUrl: httpsUrl });
