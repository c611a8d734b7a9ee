import { type ApiObject, withValueAt } from "../../genesys/api-path";
import { type Attribute, type Block, type NestedBlock } from "../../genesys/provider-schema";
import { CrashError } from "./diagnostic";
import { none, pathIn, type Peculiarities } from "./peculiarities";
import { blocksIn, isList, isZero, UnknownValue, type Value, type Values, zeroOf } from "./value";

/** The computed attributes that an answer has and a request never. */
const neverSent = ["id", "status"];

/** What a request is made from. */
export interface Expansion {
  /** The state before an update; null before a create. A block that was there is never without a value. */
  readonly prior?: Values | null;
  readonly peculiarities?: Peculiarities;
}

/**
 * A resource as the API takes it. At the root, what the provider's SDK cannot tell from nothing (an empty string, false) is left
 * out. Inside a block that is there everything is sent: "", 0, false or [] where the configuration says nothing. A block in which
 * nothing has a value is dropped, and in a list of blocks becomes an empty object.
 *
 * @throws {@link CrashError} where that crashes the genuine provider
 */
export function expand(
  block: Block,
  values: Values,
  { prior = null, peculiarities = none }: Expansion = {},
): ApiObject {
  return expandBlock(block, values, prior, { peculiarities, inside: "" });
}

interface Context {
  readonly peculiarities: Peculiarities;
  /** The path of the enclosing block in the schema; empty at the root. */
  readonly inside: string;
}

function expandBlock(block: Block, values: Values, prior: Values | null, context: Context): ApiObject {
  const { peculiarities, inside } = context;
  let body: ApiObject = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = sent(attribute, values[name] ?? null, pathIn(inside, name), context);
    if (attribute.api !== undefined && value !== undefined) body = withValueAt(body, attribute.api, value);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (nested.api === undefined) continue;
    const path = pathIn(inside, name);
    const before = blocksIn(prior, name);
    const items = blocksIn(values, name).map((item, index) =>
      expandItem(nested, item, before[index] ?? null, { peculiarities, inside: path }),
    );
    if (isOne(nested) && items[0] !== undefined) body = withValueAt(body, nested.api, items[0]);
    else if (!isOne(nested) && items.length > 0) {
      body = withValueAt(
        body,
        nested.api,
        items.map((item) => item ?? {}),
      );
    } else if (peculiarities.nullWhenEmpty.has(path)) body = withValueAt(body, nested.api, null);
  }
  return body;
}

/** Undefined where nothing in the block has a value. */
function expandItem(nested: NestedBlock, item: Values, prior: Values | null, context: Context): ApiObject | undefined {
  if (!isBare(nested, item, prior)) return expandBlock(nested, item, prior, context);
  const { peculiarities, inside } = context;
  if (peculiarities.crashesWhenBare.has(inside)) throw new CrashError(`the block "${inside}" has no values`);
  return undefined;
}

/**
 * Whether the SDK sees nothing in a block: it takes an empty string or list that was not there before for nothing. A computed block
 * that the configuration leaves out is a value to come.
 */
function isBare(block: Block, values: Values, prior: Values | null): boolean {
  if (prior !== null) return false;
  const hasValue = ([name]: readonly [string, Attribute]): boolean => {
    const value = values[name] ?? null;
    return value !== null && value !== "" && !(isList(value) && value.length === 0);
  };
  return (
    !Object.entries(block.attributes).some(hasValue) &&
    Object.entries(block.blocks).every(
      ([name, { computed = false }]) => !computed && blocksIn(values, name).length === 0,
    )
  );
}

function sent(attribute: Attribute, value: Value, path: string, { inside, peculiarities }: Context): unknown {
  if (attribute.mode === "computed" || neverSent.includes(path)) return undefined;
  const known = value instanceof UnknownValue ? null : value;
  if (inside !== "" && !peculiarities.leftOutWhenZero.has(path)) return known ?? zeroOf(attribute);
  if (typeof known === "number" && known < 0) return undefined;
  return isZero(known) ? undefined : known;
}

/** Whether the block is one object of the API rather than an array of them. */
export function isOne({ nesting, max }: NestedBlock): boolean {
  return nesting === "list" && max === 1;
}
