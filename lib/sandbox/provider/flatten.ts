import { type ApiObject, isApiObject, valueAt } from "../../genesys/api-path";
import { CrashError } from "./diagnostic";
import { isOne } from "./expand";
import { type Block, type NestedBlock } from "../../genesys/provider-schema";
import { none, pathIn, type Peculiarities } from "./peculiarities";
import { blocksIn, isZero, UnknownValue, type Value, type Values, zeroOf } from "./value";

/**
 * The API's answer as a state with every attribute and block of the schema. At the root, and for lists, the state's spelling of
 * nothing (null, false, "", an empty list) stays where the answer means nothing as well, so that the next plan sees no difference.
 * Inside a block everything else has a value: "", 0 or false where the answer says nothing. What the answer holds beside that is
 * the platform's own affair (`dateCreated`, `selfUri`) and no part of a state.
 *
 * @param current the state so far, or what was planned; null where there is none, such as on import
 * @throws {@link CrashError} where the answer lacks what crashes the genuine provider
 */
export function flatten(
  block: Block,
  answer: ApiObject,
  current: Values | null,
  peculiarities: Peculiarities = none,
): Values {
  return flattenBlock(block, answer, current, { peculiarities, inside: "" });
}

/** The state that a read begins with; null where an import has just begun it, which knows nothing but the id. */
export function stateSoFar(state: Values): Values | null {
  return state["name"] === null ? null : state;
}

/**
 * A state in the spelling of another one: null and a zero value stay as they were. Terraform asks it of a provider that does not
 * say `legacy_type_system`.
 */
export function respelled(block: Block, state: Values, before: Values): Values {
  const attributes = Object.keys(block.attributes).map((name): [string, Value] => {
    const [value = null, old] = [state[name], before[name]];
    return [name, old !== undefined && !(old instanceof UnknownValue) && isZero(old) && isZero(value) ? old : value];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => {
    const olds = blocksIn(before, name);
    return [name, blocksIn(state, name).map((item, index) => respelled(nested, item, olds[index] ?? item))];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** What was planned, as the state that an update leaves behind when it fails: what only the API knows is not known. */
export function stateOfPlan(block: Block, planned: Values, inside = ""): Values {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = planned[name] ?? null;
    const known = value instanceof UnknownValue ? null : value;
    const isNothing = known === null && attribute.type !== "list(string)";
    return [name, isNothing && inside !== "" ? zeroOf(attribute) : known];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    blocksIn(planned, name).map((item) => stateOfPlan(nested, item, pathIn(inside, name))),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

interface Context {
  readonly peculiarities: Peculiarities;
  readonly inside: string;
}

function flattenBlock(block: Block, answer: ApiObject, current: Values | null, context: Context): Values {
  const { inside, peculiarities } = context;
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = toValue(attribute.api === undefined ? undefined : valueAt(answer, attribute.api));
    if (value === null && peculiarities.crashesWhenMissing.has(pathIn(inside, name))) {
      throw new CrashError(`the answer of the API has no "${pathIn(inside, name)}"`);
    }
    if (inside !== "" && attribute.type !== "list(string)") return [name, value ?? zeroOf(attribute)];
    const before = current?.[name];
    const isSpelling = before !== undefined && !(before instanceof UnknownValue) && isZero(before) && isZero(value);
    return [name, isSpelling ? before : value];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    flattenBlocks(nested, answer, blocksIn(current, name), { peculiarities, inside: pathIn(inside, name) }),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function flattenBlocks(nested: NestedBlock, answer: ApiObject, current: readonly Values[], context: Context): Value {
  const found = nested.api === undefined ? undefined : valueAt(answer, nested.api);
  const items: readonly unknown[] = isOne(nested) ? [found] : Array.isArray(found) ? found : [];
  return items.filter(isApiObject).map((item, index) => flattenBlock(nested, item, current[index] ?? null, context));
}

/** What is no value of this provider's schema stays recognisable, for the error that will say so. */
function toValue(answered: unknown): Value {
  if (answered === undefined || answered === null) return null;
  if (typeof answered === "string" || typeof answered === "number" || typeof answered === "boolean") return answered;
  if (Array.isArray(answered)) return answered.map(toValue);
  return Object.fromEntries(Object.entries(answered).map(([name, value]) => [name, toValue(value)]));
}
