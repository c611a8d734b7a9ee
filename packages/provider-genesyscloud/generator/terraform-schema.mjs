/**
 * schema.json in the shape of `terraform providers schema -json`, which is what the generator reads.
 *
 * `provider_versions` is left out on purpose: with it the bindings would pin that one release in `required_providers`
 * instead of the constraint.
 */
export function terraformSchemaOf(schema) {
  const resourceSchemas = (blocks) => mapValues(blocks, (root) => schemaOf(root, root.schemaVersion ?? 0));
  return {
    format_version: "1.0",
    provider_schemas: {
      [fullNameOf(schema)]: {
        provider: schemaOf(schema.provider, 0),
        resource_schemas: resourceSchemas(schema.resources),
        data_source_schemas: resourceSchemas(schema.dataSources),
      },
    },
  };
}

/** The provider's source with the registry's host, as Terraform itself names it. */
export const fullNameOf = (schema) => `registry.terraform.io/${schema.source}`;

/** What a tooltip should say of an attribute or a block: the description, then the tag that makes an editor strike it out. */
export const tooltipOf = ({ description, deprecated }) =>
  deprecated === undefined ? description : `${description}\n\n@deprecated ${deprecated}`;

const schemaOf = (root, version) => ({ version, block: blockOf(root) });

function blockOf(block) {
  return {
    attributes: mapValues(block.attributes, attributeOf),
    block_types: mapValues(block.blocks, (nested) => ({
      nesting_mode: nested.nesting,
      min_items: nested.min ?? 0,
      ...(nested.max === undefined ? {} : { max_items: nested.max }),
      block: blockOf(nested),
    })),
    description: block.description,
    description_kind: "plain",
  };
}

function attributeOf(attribute) {
  const { type, mode, sensitive, deprecated } = attribute;
  return {
    type: type === "list(string)" ? ["list", "string"] : type,
    description: tooltipOf(attribute),
    description_kind: "plain",
    ...(mode === "required" ? { required: true } : {}),
    ...(mode.startsWith("optional") ? { optional: true } : {}),
    ...(mode.endsWith("computed") ? { computed: true } : {}),
    ...(sensitive ? { sensitive: true } : {}),
    ...(deprecated === undefined ? {} : { deprecated: true }),
  };
}

const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
