import { Catalog } from "../../lib/provider/catalog";
import { type Block } from "../../../../lib/genesys/provider-schema";
import { schemaMessage } from "../../lib/provider/schema-message";
import { schema } from "./arbitrary";

interface BlockMessage {
  readonly attributes: readonly {
    readonly name: string;
    readonly type: Uint8Array;
    readonly [flag: string]: unknown;
  }[];
  readonly block_types: readonly {
    readonly type_name: string;
    readonly block: BlockMessage;
    readonly nesting: string;
    readonly min_items: number;
    readonly max_items: number;
  }[];
}
interface SchemaMessage {
  readonly provider: { readonly block: BlockMessage };
  readonly resource_schemas: Readonly<Record<string, { readonly version: number; readonly block: BlockMessage }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: BlockMessage }>>;
  readonly server_capabilities: object;
}

const message = schemaMessage(schema) as SchemaMessage;

/** `path type flags` of everything in a block of the message. */
function* linesOf(block: BlockMessage, at = ""): Generator<string> {
  for (const { name, type, ...flags } of block.attributes) {
    const set = ["required", "optional", "computed", "sensitive", "deprecated"].filter((flag) => flags[flag] === true);
    yield `${at}${name} ${Buffer.from(type).toString()} ${set.join(" ")}`;
  }
  for (const { type_name: name, block: inner, nesting, min_items: min, max_items: max } of block.block_types) {
    yield `${at}${name} ${nesting} ${min}..${max}`;
    yield* linesOf(inner, `${at}${name}.`);
  }
}

/** The same of the schema file. */
function* expectedLines(block: Block, at = ""): Generator<string> {
  for (const [name, { type, mode, sensitive, deprecated }] of Object.entries(block.attributes)) {
    const set = [...mode.split("+"), ...(sensitive === true ? ["sensitive"] : [])];
    if (deprecated !== undefined) set.push("deprecated");
    yield `${at}${name} ${type === "list(string)" ? '["list","string"]' : `"${type}"`} ${set.join(" ")}`;
  }
  for (const [name, { nesting, min = 0, max = 0, ...inner }] of Object.entries(block.blocks)) {
    yield `${at}${name} ${nesting.toUpperCase()} ${min}..${max}`;
    yield* expectedLines(inner, `${at}${name}.`);
  }
}

const blocks: readonly (readonly [name: string, served: BlockMessage | undefined, written: Block])[] = [
  ["the provider", message.provider.block, schema.provider],
  ...Object.entries(schema.resources).map(
    ([name, block]) => [name, message.resource_schemas[name]?.block, block] as const,
  ),
  ...Object.entries(schema.dataSources).map(
    ([name, block]) => [`data ${name}`, message.data_source_schemas[name]?.block, block] as const,
  ),
];

test.each(blocks)("%s is served to the last attribute", (_, served, written) => {
  if (served === undefined) throw new Error("It is not served at all.");
  expect([...linesOf(served)]).toEqual([...expectedLines(written)]);
});

test("the resources have their schema version, and Terraform asks for the schema once", () => {
  expect(Object.values(message.resource_schemas).map(({ version }) => version)).toEqual([1, 1]);
  expect(message.server_capabilities).toEqual({ get_provider_schema_optional: true });
});

test("a schema with a resource that the provider does nothing for is refused at the start", () => {
  const resources = { genesyscloud_user: { schemaVersion: 1, attributes: {}, blocks: {} } };
  expect(() => new Catalog({ ...schema, resources })).toThrow(`Unsupported type "genesyscloud_user"`);
});
