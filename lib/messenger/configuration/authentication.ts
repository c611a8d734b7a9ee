import { type WebdeploymentsConfigurationAuthenticationSettings } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, nonEmpty, object, required } from "../../base/shape";

/** Visitors that sign in: no one can send a message before the application's identity provider vouches for them. */
export interface AuthenticationProps {
  /** The id of the integration "OpenID Connect Messenger Configuration" that knows the identity provider. */
  readonly integrationId: string;
  /**
   * Whether visitors must sign in.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Whether a conversation that started without signing in goes on after it.
   * @default false
   */
  readonly allowSessionUpgrade?: boolean;
}

export function authenticationSettings({
  enabled = true,
  allowSessionUpgrade = false,
  integrationId,
}: AuthenticationProps): WebdeploymentsConfigurationAuthenticationSettings {
  return { enabled, allowSessionUpgrade, integrationId };
}

export const authenticationShape = object<AuthenticationProps>({
  integrationId: required(nonEmpty("the id of the OpenID Connect integration that signs visitors in")),
  enabled: flag,
  allowSessionUpgrade: flag,
});
