import { type ApiObject, withValueAt } from "../../genesys/api-path";
import { type Attribute, type Block, type NestedBlock } from "../../genesys/provider-schema";
import { blocksIn, isZero, UnknownValue, type Value, type Values } from "./value";

/** The computed attributes that an answer has and a request never. */
const neverSent = ["id", "status"];

/**
 * A resource as the API takes it. What the provider's SDK cannot tell from nothing (an empty string, a missing number) is
 * left out, except that a block which is there always says its booleans, and `alwaysSent` its lists.
 */
export function expand(block: Block, values: Values, alwaysSent: readonly string[] = []): ApiObject {
  return expandBlock(block, values, { alwaysSent, inside: "" });
}

interface Context {
  readonly alwaysSent: readonly string[];
  /** The path of the enclosing block in the schema; empty at the root. */
  readonly inside: string;
}

function expandBlock(block: Block, values: Values, context: Context): ApiObject {
  let body: ApiObject = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = sent(attribute, values[name] ?? null, pathOf(context, name), context);
    if (attribute.api !== undefined && value !== undefined) body = withValueAt(body, attribute.api, value);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const inner = blocksIn(values, name).map((item) =>
      expandBlock(nested, item, { ...context, inside: pathOf(context, name) }),
    );
    if (nested.api === undefined || inner.length === 0) continue;
    body = withValueAt(body, nested.api, isOne(nested) ? inner[0] : inner);
  }
  return body;
}

function sent(attribute: Attribute, value: Value, path: string, { alwaysSent, inside }: Context): unknown {
  if (value instanceof UnknownValue || attribute.mode === "computed" || neverSent.includes(path)) return undefined;
  if (attribute.type === "bool" && inside !== "") return value ?? false;
  if (attribute.type === "list(string)" && alwaysSent.includes(path)) return value ?? [];
  if (attribute.type === "number") return value ?? undefined;
  return isZero(value) ? undefined : value;
}

function pathOf({ inside }: Context, name: string): string {
  return inside === "" ? name : `${inside}.${name}`;
}

/** Whether the block is one object of the API rather than an array of them. */
export function isOne({ nesting, max }: NestedBlock): boolean {
  return nesting === "list" && max === 1;
}
