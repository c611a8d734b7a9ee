import { type PathStep, ProviderError } from "./diagnostic";
import { type Attribute, type Block } from "../../genesys/provider-schema";
import { blocksIn, isList, UnknownValue, type Value, type Values } from "./value";

/**
 * What the provider checks before anything runs: allowed values, lengths, ranges and formats. It does not look into the
 * allowed domains, and whether they fit `allow_all_domains` it asks only at apply.
 */
export function validate(
  block: Block,
  values: Values | null,
  path: readonly PathStep[] = [],
): readonly ProviderError[] {
  const own = Object.entries(block.attributes).flatMap(([name, attribute]) =>
    checkAttribute(attribute, values?.[name] ?? null, [...path, name]),
  );
  const nested = Object.entries(block.blocks).flatMap(([name, inner]) =>
    blocksIn(values, name).flatMap((innerValues, index) =>
      // The elements of a set have no index to point at.
      validate(inner, innerValues, inner.nesting === "list" ? [...path, name, index] : [...path, name]),
    ),
  );
  return [...own, ...nested];
}

function checkAttribute(attribute: Attribute, value: Value, path: readonly PathStep[]): readonly ProviderError[] {
  if (value === null || value instanceof UnknownValue) return [];
  const name = path.filter((step) => typeof step === "string").join(".");
  const refuse = (expected: string): readonly ProviderError[] => [
    new ProviderError(`Invalid value for ${name}`, `expected ${name} ${expected}, got ${JSON.stringify(value)}`, path),
  ];
  if (isList(value)) {
    const { maxItems } = attribute;
    const tooMany =
      maxItems !== undefined && value.length > maxItems ? refuse(`to hold at most ${maxItems} items`) : [];
    return [...tooMany, ...value.flatMap((item) => checkAttribute({ ...attribute, type: "string" }, item, path))];
  }
  if (typeof value === "string") return checkText(attribute, value).flatMap(refuse);
  return typeof value === "number" ? checkNumber(attribute, value).flatMap(refuse) : [];
}

/** The provider knows no other numbers than whole ones. */
function checkNumber({ range: [least, most] = [-Infinity, null] }: Attribute, number: number): readonly string[] {
  if (!Number.isInteger(number)) return ["to be a whole number"];
  if (number >= least && number <= (most ?? Infinity)) return [];
  return [most === null ? `to be at least ${least}` : `to be in the range (${least} - ${most})`];
}

function checkText({ values, valuesIgnoreCase, length, format }: Attribute, text: string): readonly string[] {
  const wrong: string[] = [];
  const isOne = (allowed: string): boolean =>
    valuesIgnoreCase === true ? allowed.toLowerCase() === text.toLowerCase() : allowed === text;
  if (values !== undefined && !values.some(isOne)) wrong.push(`to be one of ${JSON.stringify(values)}`);
  if (length !== undefined && (text.length < length[0] || text.length > length[1])) {
    wrong.push(`to have ${length[0]} to ${length[1]} characters`);
  }
  if (format === "hex-color" && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text))
    wrong.push("to be a hex colour such as #0A6EBD");
  if (format === "https-url" && !isHttpsUrl(text)) wrong.push("to be a URL that begins with https://");
  return wrong;
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
