import { type WebdeploymentsConfigurationPosition } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { object, oneOf, wholeNumber } from "../../base/shape";

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
