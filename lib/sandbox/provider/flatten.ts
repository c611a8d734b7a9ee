import { type ApiObject, isApiObject, valueAt } from "../../genesys/api-path";
import { isOne } from "./expand";
import { type Block, type NestedBlock } from "../../genesys/provider-schema";
import { blocksIn, isZero, UnknownValue, type Value, type Values } from "./value";

/**
 * The API's answer as a state with every attribute and block of the schema. Where the answer and the state so far mean the
 * same nothing (null, false, "", an empty list) the state's spelling stays, so that the next plan sees no difference. What
 * the answer holds beside that is the platform's own affair (`dateCreated`, `selfUri`) and no part of a state.
 *
 * @param current the state so far, or what was planned; null where there is none, such as on import
 */
export function flatten(block: Block, answer: ApiObject, current: Values | null): Values {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = toValue(attribute.api === undefined ? undefined : valueAt(answer, attribute.api));
    const before = current?.[name];
    const isSpelling = before !== undefined && !(before instanceof UnknownValue) && isZero(before) && isZero(value);
    return [name, isSpelling ? before : value];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    flattenBlocks(nested, answer, blocksIn(current, name)),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

/** The state that a read begins with; null where an import has just begun it, which knows nothing but the id. */
export function stateSoFar(state: Values): Values | null {
  return state["name"] === null ? null : state;
}

function flattenBlocks(nested: NestedBlock, answer: ApiObject, current: readonly Values[]): Value {
  const found = nested.api === undefined ? undefined : valueAt(answer, nested.api);
  const items: readonly unknown[] = isOne(nested) ? [found] : Array.isArray(found) ? found : [];
  return items.filter(isApiObject).map((item, index) => flatten(nested, item, current[index] ?? null));
}

/** What is no value of this provider's schema stays recognisable, for the error that will say so. */
function toValue(answered: unknown): Value {
  if (answered === undefined || answered === null) return null;
  if (typeof answered === "string" || typeof answered === "number" || typeof answered === "boolean") return answered;
  if (Array.isArray(answered)) return answered.map(toValue);
  return Object.fromEntries(Object.entries(answered).map(([name, value]) => [name, toValue(value)]));
}
