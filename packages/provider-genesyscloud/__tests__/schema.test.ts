import { blocksWithin, schema, type Attribute } from "./schema";

const roots = Object.entries({
  provider: schema.provider,
  ...schema.resources,
  ...Object.fromEntries(Object.entries(schema.dataSources).map(([type, block]) => [`data.${type}`, block])),
});
const blocks = roots.flatMap(([path, block]) => blocksWithin(path, block));
const attributes = blocks.flatMap(({ path, block }) =>
  Object.entries(block.attributes).map(([name, attribute]) => ({ path: `${path}.${name}`, attribute })),
);
const resourceBlocks = Object.entries(schema.resources).flatMap(([type, block]) => blocksWithin(type, block));

/** The places of the attributes that break a law. */
const breaking = (breaks: (attribute: Attribute) => boolean): readonly string[] =>
  attributes.filter(({ attribute }) => breaks(attribute)).map(({ path }) => path);

test("it is the schema of the provider that Terraform knows in lower case, from 1.84 on", () => {
  expect(schema).toMatchObject({ source: "mypurecloud/genesyscloud", version: "~> 1.84" });
  expect(Object.keys(schema.resources)).toEqual([
    "genesyscloud_webdeployments_configuration",
    "genesyscloud_webdeployments_deployment",
  ]);
  expect(Object.values(schema.resources).map(({ schemaVersion }) => schemaVersion)).toEqual([1, 1]);
  expect(Object.keys(schema.dataSources)).toEqual([
    "genesyscloud_webdeployments_configuration",
    "genesyscloud_webdeployments_deployment",
    "genesyscloud_flow",
    "genesyscloud_integration",
    "genesyscloud_knowledge_knowledgebase",
    "genesyscloud_conversations_messaging_supportedcontent",
    "genesyscloud_organizations_me",
  ]);
});

test("every attribute has a known type and a known mode", () => {
  expect(breaking(({ type }) => !["string", "bool", "number", "list(string)"].includes(type))).toEqual([]);
  expect(breaking(({ mode }) => !["required", "optional", "optional+computed", "computed"].includes(mode))).toEqual([]);
});

test("everything is described in a sentence of one paragraph", () => {
  const isSentence = (text: string): boolean => /^[A-Z][^\n]*\.$/.test(text);
  expect(breaking(({ description }) => !isSentence(description))).toEqual([]);
  expect(breaking(({ deprecated }) => deprecated !== undefined && !isSentence(deprecated))).toEqual([]);
  expect(blocks.filter(({ block }) => !isSentence(block.description)).map(({ path }) => path)).toEqual([]);
});

test("a description names every value that is allowed", () => {
  expect(breaking(({ values = [], description }) => values.some((value) => !description.includes(value)))).toEqual([]);
});

test("what is deprecated says what to use instead, and that exists", () => {
  const deprecated = attributes.filter(({ attribute }) => attribute.deprecated !== undefined);
  expect(deprecated.map(({ path }) => path)).toEqual([
    "genesyscloud_webdeployments_configuration.journey_events.excluded_query_parameters",
    "genesyscloud_webdeployments_configuration.journey_events.search_query_parameters",
    "genesyscloud_webdeployments_configuration.journey_events.should_keep_url_fragment",
  ]);
  for (const { path, attribute } of deprecated) {
    const instead = /Use (\S+)\.$/.exec(attribute.deprecated ?? "")?.[1];
    expect(attributes.map((other) => other.path)).toContain(path.replace(/[^.]+$/, String(instead)));
  }
});

test("constraints stand only where they can be met", () => {
  expect(breaking(({ values, type }) => values !== undefined && !type.includes("string"))).toEqual([]);
  expect(breaking(({ valuesIgnoreCase, values }) => valuesIgnoreCase !== undefined && values === undefined)).toEqual(
    [],
  );
  expect(breaking(({ length, type }) => length !== undefined && type !== "string")).toEqual([]);
  expect(breaking(({ format, type }) => format !== undefined && type !== "string")).toEqual([]);
  expect(breaking(({ format }) => ![undefined, "hex-color", "https-url"].includes(format))).toEqual([]);
  expect(breaking(({ range, type }) => range !== undefined && type !== "number")).toEqual([]);
  expect(breaking(({ range }) => range !== undefined && range[1] !== null && range[0] >= range[1])).toEqual([]);
  expect(breaking(({ maxItems, type }) => maxItems !== undefined && type !== "list(string)")).toEqual([]);
  expect(breaking(({ default: value, mode }) => value !== undefined && mode !== "optional")).toEqual([]);
});

test("the client secret is the sensitive one", () => {
  expect(breaking(({ sensitive }) => sensitive === true)).toEqual(["provider.oauthclient_secret"]);
});

test("every attribute of a resource says where it stands in the API's JSON, and no two stand in one place", () => {
  for (const { path, block } of resourceBlocks) {
    const children = [...Object.values(block.attributes), ...Object.values(block.blocks)];
    const places = children.map(({ api }) => api ?? `${path}: nowhere`);
    expect(places.filter((place) => !/^[a-zA-Z0-9]+(\[\])?(\.[a-zA-Z0-9]+)*$/.test(place))).toEqual([]);
    expect(new Set(places).size).toBe(places.length);
  }
});

test("only a list of strings spreads over the objects of an array", () => {
  expect(breaking(({ api = "", type }) => api.includes("[]") && type !== "list(string)")).toEqual([]);
});

test("a block's limits are ones that Terraform accepts", () => {
  const nested = blocks.flatMap(({ path, block }) =>
    Object.entries(block.blocks).map(([name, child]) => ({ path: `${path}.${name}`, ...child })),
  );
  const wrong = nested.filter(({ nesting, min = 0, max = Infinity }) => !/^(list|set)$/.test(nesting) || min > max);
  expect(wrong.map(({ path }) => path)).toEqual([]);
  expect(nested.filter(({ min = 0 }) => min > 0).map(({ path }) => path)).toEqual([
    "genesyscloud_webdeployments_configuration.support_center.screens.module_settings",
    "genesyscloud_webdeployments_deployment.configuration",
  ]);
});

test("the blocks that the provider keeps where a program leaves them out", () => {
  const kept = blocks.flatMap(({ path, block }) =>
    Object.entries(block.blocks).flatMap(([name, { computed }]) => (computed === true ? [`${path}.${name}`] : [])),
  );
  expect(kept).toEqual(
    ["messenger.apps", "messenger.apps.conversations", "video.agent", "video.user", "video.agent.background_image"].map(
      (path) => `genesyscloud_webdeployments_configuration.${path}`,
    ),
  );
});
