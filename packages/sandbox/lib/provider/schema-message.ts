import {
  type Attribute,
  type Block,
  isComputed,
  mapValues,
  type NestedBlock,
  type ProviderSchema,
} from "../../../../lib/genesys/provider-schema";

/** The schema as the protocol wants it; answers `GetSchema`. */
export function schemaMessage({ provider, resources, dataSources }: ProviderSchema): object {
  return {
    provider: { version: 0, block: block(provider) },
    resource_schemas: mapValues(resources, (resource) => ({ version: resource.schemaVersion, block: block(resource) })),
    data_source_schemas: mapValues(dataSources, (dataSource) => ({ version: 0, block: block(dataSource) })),
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function block({ attributes, blocks, description = "" }: Block): object {
  return {
    version: 0,
    description,
    attributes: Object.entries(attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    block_types: Object.entries(blocks).map(([name, nested]) => nestedMessage(name, nested)),
  };
}

function attributeMessage(name: string, attribute: Attribute): object {
  const { type, mode, description = "", sensitive = false, deprecated } = attribute;
  return {
    name,
    type: Buffer.from(JSON.stringify(type === "list(string)" ? ["list", "string"] : type)),
    description,
    required: mode === "required",
    optional: mode === "optional" || mode === "optional+computed",
    computed: isComputed(attribute),
    sensitive,
    deprecated: deprecated !== undefined,
  };
}

function nestedMessage(name: string, nested: NestedBlock): object {
  return {
    type_name: name,
    block: block(nested),
    nesting: nested.nesting === "list" ? "LIST" : "SET",
    min_items: nested.min ?? 0,
    max_items: nested.max ?? 0,
  };
}
