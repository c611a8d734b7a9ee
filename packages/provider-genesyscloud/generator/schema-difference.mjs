/** The resources and data sources of a schema in Terraform's shape, and the provider itself, each by its path. */
const rootsOf = ({ provider, resource_schemas: resources = {}, data_source_schemas: dataSources = {} }) => ({
  provider,
  ...resources,
  ...Object.fromEntries(Object.entries(dataSources).map(([type, one]) => [`data.${type}`, one])),
});

/**
 * Every difference between two schemas in the shape of `terraform providers schema -json`, a sentence each. Descriptions are not
 * compared, nor are types that only the other one has: the provider has hundreds.
 *
 * @param ours made from schema.json
 * @param theirs the genuine provider's
 */
export function differencesBetween(ours, theirs) {
  const others = rootsOf(theirs);
  return Object.entries(rootsOf(ours)).flatMap(([path, own]) => {
    const other = others[path];
    if (other === undefined) return [`${path}: the provider does not have it`];
    return [
      ...valueDifference(`${path}: version`, own.version, other.version),
      ...inBlock(path, own.block, other.block),
    ];
  });
}

function inBlock(path, ours, theirs) {
  return [
    ...inEach(path, ours.attributes, theirs.attributes, (at, own, other) => [
      ...valueDifference(`${at}: type`, JSON.stringify(own.type), JSON.stringify(other.type)),
      ...["required", "optional", "computed", "sensitive", "deprecated"].flatMap((flag) =>
        valueDifference(`${at}: ${flag}`, own[flag] ?? false, other[flag] ?? false),
      ),
    ]),
    ...inEach(path, ours.block_types, theirs.block_types, (at, own, other) => [
      ...valueDifference(`${at}: nesting`, own.nesting_mode, other.nesting_mode),
      ...valueDifference(`${at}: min_items`, own.min_items ?? 0, other.min_items ?? 0),
      ...valueDifference(`${at}: max_items`, own.max_items ?? 0, other.max_items ?? 0),
      ...inBlock(at, own.block, other.block),
    ]),
  ];
}

function inEach(path, ours = {}, theirs = {}, compare) {
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort().flatMap((name) => {
    const at = `${path}.${name}`;
    if (ours[name] === undefined) return [`${at}: missing in schema.json`];
    if (theirs[name] === undefined) return [`${at}: the provider does not have it`];
    return compare(at, ours[name], theirs[name]);
  });
}

function valueDifference(what, ours, theirs) {
  return ours === theirs ? [] : [`${what} is ${ours} in schema.json, and ${theirs} in the provider`];
}

/**
 * schema.json with what the genuine provider says: attributes and blocks are added, changed and taken away. What only schema.json
 * knows stays: our descriptions, the paths in the API, the values that are allowed.
 */
export function updated(schema, theirs, version) {
  const each = (ours, others = {}) =>
    Object.fromEntries(
      Object.entries(ours).map(([type, own]) => {
        const other = others[type];
        if (other === undefined)
          throw new Error(`The provider does not have "${type}": take it out of schema.json first`);
        const schemaVersion = own.schemaVersion === undefined ? {} : { schemaVersion: other.version };
        return [type, { ...own, ...schemaVersion, ...updatedBlock(own, other.block) }];
      }),
    );
  return {
    ...schema,
    version: `~> ${version.split(".").slice(0, 2).join(".")}`,
    provider: { ...schema.provider, ...updatedBlock(schema.provider, theirs.provider.block) },
    resources: each(schema.resources, theirs.resource_schemas),
    dataSources: each(schema.dataSources, theirs.data_source_schemas),
  };
}

const nothing = { attributes: {}, blocks: {} };

function updatedBlock(ours, { attributes = {}, block_types: blocks = {} }) {
  return {
    attributes: merged(ours.attributes, attributes, updatedAttribute),
    blocks: merged(ours.blocks, blocks, updatedNested),
  };
}

function updatedAttribute(own, { type, description, deprecated, sensitive, ...flags }) {
  return defined({
    ...own,
    type: Array.isArray(type) ? `${type[0]}(${type[1]})` : type,
    mode: modeOf(flags),
    sensitive: sensitive || undefined,
    description: own.description ?? sentence(description),
    deprecated: deprecated ? (own.deprecated ?? "It is deprecated in the provider.") : undefined,
  });
}

function updatedNested(own, { nesting_mode: nesting, min_items: min, max_items: max, block }) {
  return defined({
    ...own,
    description: own.description ?? sentence(block.description),
    nesting,
    min: min || undefined,
    max: max || undefined,
    ...updatedBlock({ ...nothing, ...own }, block),
  });
}

const defined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** In the order of schema.json; what is new comes last. */
function merged(ours, theirs, merge) {
  const names = [
    ...Object.keys(ours).filter((name) => name in theirs),
    ...Object.keys(theirs).filter((name) => !(name in ours)),
  ];
  return Object.fromEntries(names.map((name) => [name, merge(ours[name] ?? {}, theirs[name])]));
}

function modeOf({ required, optional, computed }) {
  if (required) return "required";
  if (optional) return computed ? "optional+computed" : "optional";
  return "computed";
}

function sentence(text = "") {
  const line = text.replace(/\s+/g, " ").trim() || "Not described by the provider";
  return `${line[0].toUpperCase()}${line.slice(1)}${line.endsWith(".") ? "" : "."}`;
}
