import { type WebdeploymentsConfigurationCobrowse } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, oneOf, required } from "../../base/shape";
import { selector, unlessEmpty } from "./values";

/** Where a co-browse session can start from. */
export const cobrowseChannels = ["Webmessaging", "Voice"] as const;

/** How a page's URL is compared with a fragment. */
export const pauseConditions = ["Includes", "DoesNotInclude", "StartsWith", "EndsWith", "Equals"] as const;

/** Where a co-browse session can start from: a chat or a call. */
export type CobrowseChannel = (typeof cobrowseChannels)[number];

/** How a page's URL is compared with a fragment. */
export type PauseCondition = (typeof pauseConditions)[number];

/** Pages on which a co-browse session shows the agent nothing. */
export interface PauseCriterion {
  /** The part of the page's URL that is compared. */
  readonly urlFragment: string;
  readonly condition: PauseCondition;
}

/** Agents that see the visitor's page. It needs a separate Genesys licence. */
export interface CobrowseProps {
  /**
   * Whether agents can ask for a session.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Whether agents can take the page over.
   * @default false
   */
  readonly allowAgentControl?: boolean;
  /**
   * Whether agents can go to another page.
   * @default false
   */
  readonly allowAgentNavigation?: boolean;
  /**
   * Whether agents can draw on the page.
   * @default false
   */
  readonly allowDraw?: boolean;
  /**
   * Where a session can start from, one channel at least.
   * @default ["Webmessaging"]
   */
  readonly channels?: readonly CobrowseChannel[];
  /**
   * CSS selectors of what agents must not see.
   * @default none
   */
  readonly maskSelectors?: readonly string[];
  /**
   * CSS selectors of what agents see and cannot change.
   * @default none
   */
  readonly readonlySelectors?: readonly string[];
  /**
   * Pages on which a session pauses.
   * @default none
   */
  readonly pauseCriteria?: readonly PauseCriterion[];
}

export function cobrowse({
  enabled = true,
  allowAgentControl = false,
  allowAgentNavigation = false,
  allowDraw = false,
  channels = ["Webmessaging"],
  maskSelectors,
  readonlySelectors,
  pauseCriteria,
}: CobrowseProps): WebdeploymentsConfigurationCobrowse {
  return {
    enabled,
    allowAgentControl,
    allowAgentNavigation,
    allowDraw,
    channels: [...channels],
    ...unlessEmpty("maskSelectors", maskSelectors),
    ...unlessEmpty("readonlySelectors", readonlySelectors),
    ...unlessEmpty("pauseCriteria", pauseCriteria),
  };
}

export const cobrowseShape = object<CobrowseProps>({
  enabled: flag,
  allowAgentControl: flag,
  allowAgentNavigation: flag,
  allowDraw: flag,
  channels: listOf(oneOf(cobrowseChannels), { min: 1 }),
  maskSelectors: listOf(selector),
  readonlySelectors: listOf(selector),
  pauseCriteria: listOf(
    object<PauseCriterion>({
      urlFragment: required(nonEmpty('a part of a URL, such as "/payment"')),
      condition: required(oneOf(pauseConditions)),
    }),
  ),
});
