import { type Attribute, type Block } from "../genesys/provider-schema";
import { type ArgumentValue, isArguments } from "../genesys/arguments";

/** Whether the provider takes a value at that place; what it refuses it refuses before it looks at what is live. */
export function isTaken(block: Block, [name = "", ...rest]: readonly string[], value: ArgumentValue): boolean {
  const nested = block.blocks[name];
  if (nested !== undefined && rest.length > 0) return isTaken(nested, rest, value);
  if (nested !== undefined) return valuesIn(value).every((item) => isTakenWhole(nested, item));
  const attribute = block.attributes[name];
  return attribute === undefined || valuesIn(value).every((item) => isTakenBy(attribute, item));
}

function isTakenWhole(block: Block, value: ArgumentValue): boolean {
  return !isArguments(value) || Object.entries(value).every(([name, inner]) => isTaken(block, [name], inner));
}

function isTakenBy(
  { values, valuesIgnoreCase = false, range, length, format }: Attribute,
  value: ArgumentValue,
): boolean {
  if (typeof value === "number") return range === undefined || (value >= range[0] && value <= (range[1] ?? Infinity));
  if (typeof value !== "string") return true;
  const fold = (text: string): string => (valuesIgnoreCase ? text.toLowerCase() : text);
  if (values !== undefined && !values.some((known) => fold(known) === fold(value))) return false;
  if (length !== undefined && (value.length < length[0] || value.length > length[1])) return false;
  if (format === "hex-color") return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);
  return format === undefined || (URL.canParse(value) && new URL(value).protocol === "https:");
}

function valuesIn(value: ArgumentValue): readonly ArgumentValue[] {
  return Array.isArray(value) ? (value as readonly ArgumentValue[]) : [value];
}
