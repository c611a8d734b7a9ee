import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { conform } from "./conform";
import { type Block } from "../../genesys/provider-schema";
import { unknown, UnknownValue, type Values } from "./value";

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
  return { msgpack: encode(values === null ? null : conform(block, values), { extensionCodec }) };
}

/**
 * Takes an object off the wire.
 *
 * @throws `ProviderError` when the object does not fit the schema
 */
export function decodeObject(block: Block, wire: DynamicValue | null | undefined): Values | null {
  const given = decodeAny(wire ?? {});
  return given === null ? null : conform(block, given);
}

function decodeAny({ msgpack, json }: DynamicValue): unknown {
  if (msgpack !== undefined && msgpack.length > 0) return decode(msgpack, { extensionCodec, useBigInt64: true });
  if (json !== undefined && json.length > 0) return JSON.parse(Buffer.from(json).toString("utf8"));
  return null;
}
