import { encode, ExtData } from "@msgpack/msgpack";
import fc from "../../../../__tests__/fast-check";
import { decodeObject, encodeObject } from "../../lib/provider/codec";
import { type PathStep, ProviderError } from "../../lib/provider/diagnostic";
import { type Block } from "../../../../lib/genesys/provider-schema";
import { unknown } from "../../lib/provider/value";
import { resourceBlock, valuesOf } from "./arbitrary";

const blocks = [
  ["a configuration", resourceBlock("configuration")],
  ["a deployment", resourceBlock("deployment")],
] as const;

const small: Block = {
  attributes: {
    name: { type: "string", mode: "required" },
    size: { type: "number", mode: "optional" },
    on: { type: "bool", mode: "optional" },
    tags: { type: "list(string)", mode: "optional" },
  },
  blocks: {
    part: { nesting: "list", attributes: { id: { type: "string", mode: "required" } }, blocks: {} },
  },
};
const nothing = { name: null, size: null, on: null, tags: null, part: [] };
const wire = (value: unknown): { readonly msgpack: Uint8Array } => ({
  msgpack: encode(value, { useBigInt64: true }),
});

test.each(blocks)("%s comes off the wire as it was put there, unknown values included", (_, block) => {
  fc.assert(
    fc.property(valuesOf(block, { unknowns: true }), (values) => {
      expect(decodeObject(block, encodeObject(block, values))).toEqual(values);
    }),
    { numRuns: 60 },
  );
});

test("a missing object is null on the wire, and an empty wire value is a missing object", () => {
  expect(decodeObject(small, encodeObject(small, null))).toBeNull();
  expect(decodeObject(small, undefined)).toBeNull();
  expect(decodeObject(small, { msgpack: new Uint8Array() })).toBeNull();
});

test("an unknown value is extension 0, as Terraform writes it", () => {
  const { msgpack = new Uint8Array() } = encodeObject(small, { name: unknown });
  expect(Buffer.from(msgpack).toString("hex")).toContain("d40000");
});

test("an unknown value of which something is known is unknown", () => {
  const refined = new ExtData(12, encode(new Map([[1, false]])));
  expect(decodeObject(small, wire({ name: refined }))).toEqual({ ...nothing, name: unknown });
});

test("missing attributes are null, and missing blocks are an empty list", () => {
  expect(decodeObject(small, wire({ name: "x" }))).toEqual({ ...nothing, name: "x" });
  expect(decodeObject(small, { json: Buffer.from(`{"name":"x","part":[{"id":"1"}]}`) })).toEqual({
    ...nothing,
    name: "x",
    part: [{ id: "1" }],
  });
});

test("what is nothing may have any name", () => {
  expect(decodeObject(small, wire({ name: "x", gone: null, gone_block: [] }))).toEqual({ ...nothing, name: "x" });
});

test.each([
  ["an integer", 7, 7],
  ["a large integer", 2n ** 40n, 2 ** 40],
  ["the largest", BigInt(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
  ["a fraction", 1.5, 1.5],
  ["an integer that Terraform wrote as text", "9007199254740991", Number.MAX_SAFE_INTEGER],
])("a number: %s", (_, given, number) => {
  expect(decodeObject(small, wire({ size: given }))).toEqual({ ...nothing, size: number });
});

test.each([
  ["an attribute that the schema does not have", { name: "x", colour: "red" }, `Unsupported attribute "colour"`],
  ["text for a number", { size: "many" }, 'expected a number, got "many"'],
  ["a number that would lose digits", { size: 2n ** 60n }, "at most 9007199254740991, got 1152921504606846976"],
  ["digits beyond every number", { size: "1e400" }, "at most 9007199254740991"],
  ["a number for text", { name: 1 }, "expected a string, got 1"],
  ["text for a truth", { on: "yes" }, `expected true or false, got "yes"`],
  ["text for a list", { tags: "one" }, `expected a list of strings, got "one"`],
  ["an object for a list of blocks", { part: { id: "1" } }, "expected a list of blocks"],
  ["text for a block", { part: ["1"] }, `expected an object, got "1"`],
  ["a list for an object", [1], "expected an object, got [1]"],
])("refuses %s", (_, given, message) => {
  expect(refusalOf(() => decodeObject(small, wire(given)))).toMatchObject({
    text: expect.stringContaining(message) as string,
  });
});

test.each([
  ["of a block", { part: [{ id: "1" }, { id: 2 }] }, ["part", 1, "id"]],
  ["of a list", { tags: ["a", 2] }, ["tags", 1]],
  ["that the schema does not have", { part: [{ other: "1" }] }, ["part", 0, "other"]],
])("a refusal names the place of a value %s", (_, given, path) => {
  expect(refusalOf(() => decodeObject(small, wire(given)))).toMatchObject({ path });
});

test("nothing that does not fit is put on the wire, either", () => {
  expect(refusalOf(() => encodeObject(small, { part: [{ id: 1 }] }))).toMatchObject({ path: ["part", 0, "id"] });
});

function refusalOf(attempt: () => unknown): { readonly text: string; readonly path: readonly PathStep[] } {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ProviderError) return { text: `${error.summary}: ${error.detail}`, path: error.path };
    throw error;
  }
  throw new Error("Nothing was refused.");
}
