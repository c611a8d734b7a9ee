import fc from "../../../../__tests__/fast-check";
import { type Attribute, type Block, type NestedBlock, readSchema } from "../../../../lib/genesys/provider-schema";
import { unknown, type Value, type Values } from "../../lib/provider/value";

export const schema = readSchema();

/** The block of a resource. */
export function resourceBlock(what: "configuration" | "deployment"): Block {
  const block = schema.resources[`genesyscloud_webdeployments_${what}`];
  if (block === undefined) throw new Error(`The schema has no ${what}.`);
  return block;
}

export interface ArbitraryOptions {
  /** Some values are unknown, as in a plan. */
  readonly unknowns?: boolean;
  /** Computed attributes are left to the provider. */
  readonly asConfigured?: boolean;
}

/** Objects that Terraform could send: every attribute and block there, each with a value, with none or with nothing. */
export function valuesOf(block: Block, options: ArbitraryOptions = {}): fc.Arbitrary<Values> {
  const members: Record<string, fc.Arbitrary<Value>> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) members[name] = valueOf(attribute, options);
  for (const [name, nested] of Object.entries(block.blocks)) members[name] = blocksOf(nested, options);
  return fc.record(members);
}

function blocksOf(nested: NestedBlock, options: ArbitraryOptions): fc.Arbitrary<Value> {
  const { min = 0, max = 2 } = nested;
  return fc.array(valuesOf(nested, options), { minLength: min, maxLength: Math.min(max, min + 2) });
}

function valueOf(
  attribute: Attribute,
  { unknowns = false, asConfigured = false }: ArbitraryOptions,
): fc.Arbitrary<Value> {
  if (asConfigured && attribute.mode === "computed") return fc.constant(null);
  const known = knownOf(attribute);
  if (asConfigured && attribute.mode === "required") return known;
  return unknowns
    ? fc.oneof({ weight: 6, arbitrary: known }, fc.constant(null), fc.constant(unknown))
    : fc.oneof({ weight: 6, arbitrary: known }, fc.constant(null));
}

function knownOf(attribute: Attribute): fc.Arbitrary<Value> {
  switch (attribute.type) {
    case "bool":
      return fc.boolean();
    case "number": {
      const [min, max] = attribute.range ?? [0, null];
      return fc.integer({ min, max: max ?? Number.MAX_SAFE_INTEGER });
    }
    case "string":
      return textOf(attribute);
    case "list(string)":
      return fc.array(textOf(attribute), { maxLength: 3 });
  }
}

function textOf({ values, length, format, mode }: Attribute): fc.Arbitrary<string> {
  if (values !== undefined) return fc.constantFrom(...values);
  if (format === "hex-color") return fc.stringMatching(/^#[0-9a-f]{6}$/);
  if (format === "https-url") return fc.webUrl({ validSchemes: ["https"] });
  const minLength = length?.[0] ?? (mode === "required" ? 1 : 0);
  return fc.string({ minLength, maxLength: Math.min(length?.[1] ?? 12, 12), unit: "grapheme" });
}
