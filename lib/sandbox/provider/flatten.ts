import { type ApiObject, isApiObject, valueAt } from "./api-path";
import { isOne } from "./expand";
import { type Attribute, type Block, isComputed, type NestedBlock } from "./schema";
import { blocksIn, isZero, UnknownValue, type Value, type Values } from "./value";

/**
 * The API's answer as a state with every attribute and block of the schema. Where the answer and the state so far mean the
 * same nothing (null, false, "", an empty list) the state's spelling stays, as the provider's SDK would see no difference.
 *
 * @param current the state so far, or what was planned; null on import
 */
export function flatten(block: Block, answer: ApiObject, current: Values | null): Values {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = attribute.api === undefined ? undefined : valueAt(answer, attribute.api);
    return [name, flattenAttribute(attribute, value, current?.[name] ?? null)];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    flattenBlocks(nested, answer, blocksIn(current, name)),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function flattenAttribute(attribute: Attribute, answered: unknown, current: Value): Value {
  const value = toValue(answered);
  if (current instanceof UnknownValue) return value;
  if (isZero(value) && isZero(current)) return isComputed(attribute) && current === null ? value : current;
  return value;
}

function flattenBlocks(nested: NestedBlock, answer: ApiObject, current: readonly Values[]): Value {
  const found = nested.api === undefined ? undefined : valueAt(answer, nested.api.replace(/\[\]$/, ""));
  const items: readonly unknown[] = isOne(nested) ? [found] : Array.isArray(found) ? found : [];
  return items.filter(isApiObject).map((item, index) => flatten(nested, item, current[index] ?? null));
}

function toValue(answered: unknown): Value {
  if (answered === undefined || answered === null) return null;
  if (typeof answered === "string" || typeof answered === "number" || typeof answered === "boolean") return answered;
  if (Array.isArray(answered)) return answered.map(toValue);
  return JSON.stringify(answered);
}
