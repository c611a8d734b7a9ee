import { type Attribute, type Block, isComputed, type NestedBlock } from "../../../../lib/genesys/provider-schema";
import { type PathStep, ProviderError } from "./diagnostic";
import {
  blocksIn,
  isEmpty,
  isList,
  isSame,
  isValues,
  isZero,
  unknown,
  UnknownValue,
  type Value,
  type Values,
} from "./value";

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

/** What a plan is made from. */
export interface PlanInput {
  /** The resource as the state has it; null before a create. */
  readonly prior: Values | null;
  /** What Terraform proposes: the configuration, and the prior values of what it leaves to the provider; null for a destroy. */
  readonly proposed: Values | null;
  /**
   * Whether the answer says `legacy_type_system`, as the provider's SDK does. Terraform then tolerates a default for what
   * the configuration leaves out, a block that it leaves out and that stays, a prior value that the SDK cannot distinguish from the
   * proposed one, and a status that is left as it is.
   */
  readonly legacy: boolean;
}

/**
 * The state that an apply would lead to, with everything that only the apply can know marked unknown.
 *
 * @param changesWithEveryUpdate the computed attributes that every update changes, such as a configuration's version
 */
export function plan(block: Block, input: PlanInput, changesWithEveryUpdate: readonly string[] = []): Values | null {
  const { prior, proposed, legacy } = input;
  if (proposed === null) return null;
  const settled = legacy ? ignorePending(prior, settle(block, prior, proposed)) : proposed;
  if (prior !== null && isSame(prior, settled)) return prior;
  // In an update the SDK leaves the computed attributes of a new block without a value.
  const planned = prior !== null && legacy ? settled : markUnknown(block, settled);
  if (prior === null) return planned;
  return { ...planned, ...Object.fromEntries(changesWithEveryUpdate.map((name) => [name, unknown])) };
}

/** While the platform is still working on the object, its status is on the way to what was asked for. */
function ignorePending(prior: Values | null, proposed: Values): Values {
  return prior?.["status"] === "Pending" ? { ...proposed, status: "Pending" } : proposed;
}

/**
 * The SDK's view: defaults are filled in, an empty string or list is the same as none, and where the configuration is
 * silent a zero value of before stays. (`false` written where there was nothing is a change.) A computed block that the
 * configuration leaves out stays what it was; in a block that is new only the apply knows it.
 */
function settle(block: Block, prior: Values | null, proposed: Values): Values {
  return walk(
    block,
    proposed,
    {
      attribute(attribute, value, name, priorValues) {
        const wanted = value ?? attribute.default ?? null;
        const before = priorValues?.[name] ?? null;
        const isStill = isEmpty(wanted) && (isEmpty(before) || (wanted === null && isZero(before)));
        return priorValues !== null && isStill ? before : wanted;
      },
      blocks({ computed = false }, list, name, priorValues) {
        if (!computed || list.length > 0) return list;
        return priorValues === null ? unknown : blocksIn(priorValues, name);
      },
    },
    prior,
  );
}

function markUnknown(block: Block, values: Values): Values {
  const attribute: Change["attribute"] = (attribute, value) =>
    value === null && isComputed(attribute) ? unknown : value;
  return walk(block, values, { attribute, blocks: (_, list) => list }, null);
}

/** What becomes of an attribute, and of a list of blocks before what is in them is changed. */
interface Change {
  attribute(attribute: Attribute, value: Value, name: string, prior: Values | null): Value;
  blocks(nested: NestedBlock, list: readonly Value[], name: string, prior: Values | null): Value;
}

/** The same values with every attribute changed, down to the last block. */
function walk(block: Block, values: Values, change: Change, prior: Values | null): Values {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => [
    name,
    change.attribute(attribute, values[name] ?? null, name, prior),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => {
    const given = values[name];
    const list = isList(given) ? change.blocks(nested, given, name, prior) : given;
    if (!isList(list)) return [name, list ?? null];
    const before = blocksIn(prior, name);
    return [
      name,
      list.map((item, index) => (isValues(item) ? walk(nested, item, change, before[index] ?? null) : item)),
    ];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}
