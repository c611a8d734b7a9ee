import { number, object, oneOf } from "../../base/shape";

/** The side of the page that the launcher is on. */
export const alignments = ["Auto", "Left", "Right"] as const;

/** The side of the page that the launcher is on; `Auto` follows the direction of the language. */
export type Alignment = (typeof alignments)[number];

/** Where the launcher and the Messenger are on the page. */
export interface PositionProps {
  /** @default - left to Genesys */
  readonly alignment?: Alignment;
  /**
   * Pixels to the side of the page.
   * @default - left to Genesys
   */
  readonly sideSpace?: number;
  /**
   * Pixels to the bottom of the page.
   * @default - left to Genesys
   */
  readonly bottomSpace?: number;
}

export const positionShape = object<PositionProps>({
  alignment: oneOf(alignments),
  sideSpace: number,
  bottomSpace: number,
});
