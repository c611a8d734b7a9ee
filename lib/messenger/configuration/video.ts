import { type WebdeploymentsConfigurationVideo } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, object, oneOf } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { httpsUrl } from "./values";

/** What is behind an agent. */
export const videoBackgrounds = ["BLUR", "NONE", "IMAGE"] as const;

/** What is behind an agent: the room blurred, the room, or a picture. */
export type VideoBackground = (typeof videoBackgrounds)[number];

/**
 * What a side of a video call may show: nothing that is not allowed here. Once it was deployed, it stays as it is while a program leaves
 * it out, because the provider keeps it: `{}` allows nothing.
 */
export interface VideoPartyProps {
  /** @default false */
  readonly allowCamera?: boolean;
  /** @default false */
  readonly allowMicrophone?: boolean;
  /** @default false */
  readonly allowScreenShare?: boolean;
}

/** What agents may show. */
export interface VideoAgentProps extends VideoPartyProps {
  /**
   * `IMAGE` needs `backgroundImageUrl`.
   * @default - `IMAGE` with `backgroundImageUrl`, otherwise `NONE`
   */
  readonly background?: VideoBackground;
  /**
   * The picture behind agents, as an https URL. Once it was deployed, Genesys keeps it, and a `background` other than `IMAGE` hides it.
   * @default - none
   */
  readonly backgroundImageUrl?: string;
}

/** Video calls out of a conversation. They need a separate Genesys licence. */
export interface VideoProps {
  /**
   * Whether there are any.
   * @default true
   */
  readonly enabled?: boolean;
  /** @default - not written */
  readonly agent?: VideoAgentProps;
  /** @default - not written */
  readonly user?: VideoPartyProps;
}

export function video({ enabled = true, agent, user }: VideoProps): WebdeploymentsConfigurationVideo {
  return { enabled, ...(agent && { agent: agentOf(agent) }), ...(user && { user: partyOf(user) }) };
}

function agentOf({
  backgroundImageUrl: url,
  background = url === undefined ? "NONE" : "IMAGE",
  ...rest
}: VideoAgentProps) {
  return { ...partyOf(rest), background, ...(url !== undefined && { backgroundImage: { url } }) };
}

function partyOf({ allowCamera = false, allowMicrophone = false, allowScreenShare = false }: VideoPartyProps) {
  return { allowCamera, allowMicrophone, allowScreenShare };
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
