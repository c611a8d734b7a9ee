import { object } from "../../base/shape";
import { colour } from "./values";

/** The Messenger's looks. */
export interface StylesProps {
  /**
   * The colour of the launcher, of buttons and of the visitor's messages, as `#rrggbb`.
   * @default - left to Genesys
   */
  readonly primaryColor?: string;
}

export const stylesShape = object<StylesProps>({ primaryColor: colour });
