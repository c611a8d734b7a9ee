import { type PropertyCheck } from "../property-check";

/** The Messenger's looks. */
export interface StylesProps {
  /**
   * The colour of the launcher, of buttons and of the visitor's messages, as `#rrggbb`.
   * @default - left to Genesys
   */
  readonly primaryColor?: string;
}

export function checkStyles({ primaryColor }: StylesProps, check: PropertyCheck): void {
  check.colour("primaryColor", primaryColor);
}
