import { object, required } from "../../base/shape";
import { colour } from "./values";

/** The Messenger's looks. */
export interface StylesProps {
  /** The colour of the launcher, of buttons and of the visitor's messages, as `#rrggbb`. */
  readonly primaryColor: string;
}

export const stylesShape = object<StylesProps>({ primaryColor: required(colour) });
