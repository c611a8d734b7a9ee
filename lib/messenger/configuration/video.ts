import { type WebdeploymentsConfigurationVideo } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, object, oneOf } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { httpsUrl } from "./values";

/** What is behind an agent. */
export const videoBackgrounds = ["BLUR", "NONE", "IMAGE"] as const;

/** What is behind an agent: the room blurred, the room, or a picture. */
export type VideoBackground = (typeof videoBackgrounds)[number];

/** What a side of a video call may show. */
export interface VideoPartyProps {
  /** @default - left to Genesys */
  readonly allowCamera?: boolean;
  /** @default - left to Genesys */
  readonly allowMicrophone?: boolean;
  /** @default - left to Genesys */
  readonly allowScreenShare?: boolean;
}

/** What agents may show. */
export interface VideoAgentProps extends VideoPartyProps {
  /**
   * `IMAGE` needs `backgroundImageUrl`.
   * @default - left to Genesys
   */
  readonly background?: VideoBackground;
  /**
   * The picture behind agents, as an https URL.
   * @default - none
   */
  readonly backgroundImageUrl?: string;
}

/** Video calls out of a conversation. They need a Genesys licence of their own. */
export interface VideoProps {
  /**
   * Whether there are any.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default - left to Genesys */
  readonly agent?: VideoAgentProps;
  /** @default - left to Genesys */
  readonly user?: VideoPartyProps;
}

export function video({ enabled = true, agent, ...rest }: VideoProps): WebdeploymentsConfigurationVideo {
  return { enabled, ...rest, ...(agent && { agent: agentOf(agent) }) };
}

function agentOf({ backgroundImageUrl: url, ...rest }: VideoAgentProps) {
  return { ...rest, ...(url !== undefined && { backgroundImage: { url } }) };
}

const partyFields = { allowCamera: flag, allowMicrophone: flag, allowScreenShare: flag };

export const videoShape = object<VideoProps>({
  enabled: flag,
  agent: object<VideoAgentProps>({
    ...partyFields,
    background: oneOf(videoBackgrounds),
    backgroundImageUrl: httpsUrl,
  }),
  user: object<VideoPartyProps>(partyFields),
});

/** A picture behind agents has to be named. */
export function checkVideo({ agent }: VideoProps, check: PropertyCheck): void {
  if (agent?.background !== "IMAGE" || agent.backgroundImageUrl !== undefined) return;
  check.in("agent").refuse("backgroundImageUrl", undefined, 'expected the https URL of the picture that "IMAGE" shows');
}
