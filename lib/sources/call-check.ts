import { quote } from "../base/problem";
import { type Shape, type TextShape, textWhere } from "../base/shape";

/** A path that names something: what else is wrong with it shows when it is read. */
export function pathTo(what: string): Shape<string> & TextShape {
  return textWhere(what, (path) => path !== "");
}

/** The name of a file's ending, such as that of `.env.staging`. */
export const fileEnding = textWhere('a part of a file\'s name, such as "production"', isFileEnding);

/** Whether a name can be the end of a file's: `.env.<name>`, `apphosting.<name>.yaml`. */
export function isFileEnding(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}

/** A call as a message names it, such as `envFile(".env")`. */
export function callOf(name: string, ...given: readonly unknown[]): string {
  return `${name}(${given.map(quote).join(", ")})`;
}
