import { type WebdeploymentsConfigurationMessengerHomeScreen } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, object, required } from "../../base/shape";
import { httpsUrlOrNone } from "./values";

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
