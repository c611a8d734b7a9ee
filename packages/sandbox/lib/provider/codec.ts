import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { type Attribute, type Block, type NestedBlock } from "../../../../lib/genesys/provider-schema";
import { type PathStep, ProviderError } from "./diagnostic";
import { unknown, UnknownValue, type Value, type Values } from "./value";

/**
 * An object as the schema wants it: every attribute and block of the type, and nothing else, because Terraform refuses an
 * object that has more or fewer without saying which. What is missing becomes null, or an empty list of blocks.
 *
 * Nothing is dropped: a value that the schema has no place for, or that is of another type, is refused.
 *
 * @throws {@link ProviderError} with the path of the value
 */
export function toSchema(block: Block, given: unknown, path: readonly PathStep[] = []): Values {
  if (!isRecord(given)) throw misfit("an object", given, path);
  for (const [name, value] of Object.entries(given)) {
    if (name in block.attributes || name in block.blocks || isNothing(value)) continue;
    throw new ProviderError(
      `Unsupported attribute "${name}"`,
      `Its value is ${quoted(value)}. The sandbox uses the schema of provider version 1.84: was this written by a later version?`,
      [...path, name],
    );
  }
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => [
    name,
    attributeValue(attribute, given[name] ?? null, [...path, name]),
  ]);
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    blockValues(nested, given[name] ?? [], [...path, name]),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function blockValues(nested: NestedBlock, given: unknown, path: readonly PathStep[]): Value {
  if (given instanceof UnknownValue) return given;
  if (!Array.isArray(given)) throw misfit("a list of blocks", given, path);
  return given.map((item: unknown, index) =>
    // The elements of a set have no index to point at.
    item instanceof UnknownValue ? item : toSchema(nested, item, nested.nesting === "list" ? [...path, index] : path),
  );
}

function attributeValue({ type }: Attribute, given: unknown, path: readonly PathStep[]): Value {
  if (given === null || given instanceof UnknownValue) return given;
  switch (type) {
    case "string":
      if (typeof given !== "string") throw misfit("a string", given, path);
      return given;
    case "bool":
      if (typeof given !== "boolean") throw misfit("true or false", given, path);
      return given;
    case "number":
      return numberValue(given, path);
    case "list(string)":
      if (!Array.isArray(given)) throw misfit("a list of strings", given, path);
      return given.map((item: unknown, index): Value => {
        if (item === null || item instanceof UnknownValue || typeof item === "string") return item;
        throw misfit("a string", item, [...path, index]);
      });
  }
}

/** Terraform's numbers have no limit; it writes those that fit no machine number as strings. */
function numberValue(given: unknown, path: readonly PathStep[]): number {
  const isNumeric = typeof given === "number" || typeof given === "bigint" || typeof given === "string";
  const number = isNumeric && given !== "" ? Number(given) : Number.NaN;
  if (Number.isNaN(number)) throw misfit("a number", given, path);
  if (Number.isSafeInteger(number) || (typeof given === "number" && Number.isFinite(number))) return number;
  throw misfit(`a number of at most ${Number.MAX_SAFE_INTEGER}`, given, path);
}

function misfit(expected: string, given: unknown, path: readonly PathStep[]): ProviderError {
  const name = path.filter((step) => typeof step === "string").join(".") || "the object";
  return new ProviderError(`Invalid value for ${name}`, `expected ${expected}, got ${quoted(given)}`, path);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof UnknownValue);
}

function quoted(value: unknown): string {
  if (value instanceof UnknownValue) return value.text;
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

/** A value on the wire. Terraform sends MessagePack; a state that it has stored comes as JSON. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Unknown values travel as an extension: 0 without, 12 with what is known of them (which nothing here needs). */
const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: 0,
  encode: (value) => (value instanceof UnknownValue ? new Uint8Array([0]) : null),
  decode: () => unknown,
});
extensionCodec.register({ type: 12, encode: () => null, decode: () => unknown });

/**
 * Puts an object on the wire; null stands for a resource that does not exist (yet, or any more).
 *
 * @throws `ProviderError` when the object does not fit the schema
 */
export function encodeObject(block: Block, values: Values | null): DynamicValue {
  return { msgpack: encode(values === null ? null : toSchema(block, values), { extensionCodec }) };
}

/**
 * Takes an object off the wire.
 *
 * @throws `ProviderError` when the object does not fit the schema
 */
export function decodeObject(block: Block, wire: DynamicValue | null | undefined): Values | null {
  const given = decodeAny(wire ?? {});
  return given === null ? null : toSchema(block, given);
}

function decodeAny({ msgpack, json }: DynamicValue): unknown {
  if (msgpack !== undefined && msgpack.length > 0) return decode(msgpack, { extensionCodec, useBigInt64: true });
  if (json !== undefined && json.length > 0) return JSON.parse(Buffer.from(json).toString("utf8"));
  return null;
}
