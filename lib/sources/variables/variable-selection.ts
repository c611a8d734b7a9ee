import { either, type Fields, text, texts, textWhere } from "../../base/shape";
import { parseAddress } from "../../origins/address";
import { isRegularExpression } from "../../origins/unexpanded-text";
import { sourceFields, type SourceOptions } from "../leave-out";

/** Which variables of a file hold page addresses, and how. */
export interface VariableOptions extends SourceOptions {
  /**
   * The variables to read. Each must be there.
   * @default every variable of `pageAddressVariables` that occurs
   */
  readonly variables?: string | readonly string[];
  /**
   * What stands between the addresses of a variable that holds several, such as `"|"`. White space around an address is
   * dropped, and so is an empty entry. A space stands for white space of any kind.
   * @default commas, semicolons, white space, or a JSON list of strings; a value that is an address as a whole is one address
   */
  readonly separator?: string;
}

/** The names of variables. */
export const variableNames = either<string | readonly string[]>([text, texts]);

/** What the options must be that most sources of variables have. */
export const variableFields: Fields<VariableOptions> = {
  variables: variableNames,
  separator: textWhere("what stands between two addresses", (separator) => separator !== ""),
  ...sourceFields,
};

/** Which variables are read, and what stands between the addresses in one. */
export interface VariableSelection {
  readonly variables: readonly string[] | undefined;
  readonly separator: string | undefined;
}

/** The selection that the options of a source mean. */
export function selectionOf({ variables, separator }: VariableOptions): VariableSelection {
  return { variables: typeof variables === "string" ? [variables] : variables, separator };
}

/** The addresses in a value, as the separator divides it; without one, as the value itself tells. */
export function splitValue(value: string, separator: string | undefined): readonly string[] {
  if (separator === undefined) return listIn(value.trim());
  return pieces(value, separator === " " ? /\s+/ : separator);
}

function pieces(value: string, separator: string | RegExp): readonly string[] {
  return value
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

const usualSeparator = /[\s,;]+/;

function listIn(value: string): readonly string[] {
  const found = pieces(value, usualSeparator);
  if (isAddress(value)) return hasSchemes(found.slice(1)) ? found : [value];
  return jsonList(value) ?? (isList(value, found) ? found : [value]);
}

/**
 * Whether it may be that several addresses are in a value that is an address as a whole: `https://a.example/x,b.example`. One piece
 * that looks like a host is enough, although another does not, or has a mistake in it.
 */
export function isAmbiguous(value: string): boolean {
  const others = pieces(value, /[\s,;|]+/).slice(1);
  return (
    isAddress(value) &&
    !hasSchemes(pieces(value, usualSeparator).slice(1)) &&
    others.some((piece) => looksWhole(piece) && /[a-z]/i.test(piece))
  );
}

function isList(value: string, found: readonly string[]): boolean {
  // The comma may be in a password.
  if (found.some((piece) => piece.includes("@") && !hasSchemes([piece]))) return false;
  return /[,;]/.test(value) ? found.some(isAddress) && !isRegularExpression(value) : found.every(looksWhole);
}

function jsonList(value: string): readonly string[] | undefined {
  if (!value.startsWith("[") || !value.endsWith("]")) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.every((each) => typeof each === "string") ? list : undefined;
  } catch {
    return undefined; // such as `[::1]`
  }
}

function hasSchemes(found: readonly string[]): boolean {
  return found.length > 0 && found.every((piece) => /^https?:\/\//i.test(piece));
}

/** Whether a piece can be an address by itself: not a word of a sentence, and not the rest of a path. */
function looksWhole(piece: string): boolean {
  return hasSchemes([piece]) || /^(?:localhost|\[)|[^/?#]\./i.test(piece);
}

function isAddress(value: string): boolean {
  return parseAddress(value).ok;
}
