import schema from "@cdktf/provider-genesyscloud/schema.json";
import { argumentsUnder, differences } from "../../lib/genesys/arguments";
import { resourceSchema } from "../../lib/genesys/provider-schema";
import { labelKeys } from "../../lib/messenger/configuration/labels";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { configurationArguments, deploymentArguments, everyProperty } from "./every-property";
import { argumentsOf, refusals } from "./synthesis";

/** An attribute or a block of the provider's schema, as far as these tests ask. */
interface Attribute {
  readonly type: string;
  readonly values?: readonly string[];
  readonly length?: readonly number[];
  readonly range?: readonly (number | null)[];
  readonly maxItems?: number;
  readonly format?: string;
}
interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, Block & { readonly min?: number; readonly max?: number }>>;
}

const configuration: Block = schema.resources.genesyscloud_webdeployments_configuration;
const deployment: Block = schema.resources.genesyscloud_webdeployments_deployment;

/** What no property says: the construct, the environment or Genesys does. */
const configurationItself = ["id", "status", "version"];
const deploymentItself = [
  "id",
  "status",
  "snippet",
  "allow_all_domains",
  "allowed_domains",
  "configuration.id",
  "configuration.version",
];
/** What `labels` says as a record, tested in labels.test.ts. */
const labels = ["language", "localized_labels[0].key", "localized_labels[0].value"].map(
  (name) => `custom_i18n_labels[0].${name}`,
);

function attributesOf(block: Block, path = ""): [string, Attribute][] {
  return [
    ...Object.entries(block.attributes).map(([name, attribute]): [string, Attribute] => [path + name, attribute]),
    ...Object.entries(block.blocks).flatMap(([name, inner]) =>
      attributesOf(inner, `${path}${name}${inner.max === 1 ? "" : "[0]"}.`),
    ),
  ];
}

const steps = (path: string) => path.replaceAll("[0]", ".0").split(".");

function valueAt(root: object, path: string): unknown {
  return steps(path).reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
}

/** All properties, one of them changed. */
function withChange(property: string, value: unknown): Partial<WebMessengerProps> {
  const props = structuredClone(everyProperty);
  const above = steps(property);
  const last = above.pop() ?? "";
  const holder = above.length === 0 ? props : valueAt(props, above.join("."));
  Reflect.set(holder as object, last, value);
  return props;
}

/** Another value that is just as right. */
function another(value: unknown, { values = [], format }: Attribute): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (Array.isArray(value)) return values.length > 0 ? value.slice(1) : [...(value as unknown[]), "fr"];
  if (format === "hex-color") return "#123456";
  return values.find((other) => other !== value) ?? (value === "en-us" ? "de" : `${String(value)}x`);
}

const cases = [
  ...configurationArguments.map(([property, argument]) => ({ property, argument, of: "configuration" as const })),
  ...deploymentArguments.map(([property, argument]) => ({ property, argument, of: "deployment" as const })),
].map((one) => {
  const known = new Map(attributesOf(one.of === "configuration" ? configuration : deployment));
  const attribute = known.get(one.argument);
  if (attribute === undefined) throw new Error(`the schema knows no ${one.argument}`);
  return { ...one, attribute };
});

describe("the properties reach every argument of the provider", () => {
  test.each([
    ["configuration", configuration, configurationArguments, [...configurationItself, ...labels]],
    ["deployment", deployment, deploymentArguments, deploymentItself],
  ] as const)("of the %s", (_, block, reached, others) => {
    const all = attributesOf(block).map(([path]) => path);

    expect([...reached.map(([, argument]) => argument), ...others].sort()).toEqual(all.sort());
  });

  const before = argumentsOf(everyProperty);
  const others = (all: typeof before, changed: string) =>
    cases.filter(({ property }) => property !== changed).map(({ of, argument }) => valueAt(all[of], argument));

  test.each(cases)("$property is $argument, and nothing else", ({ property, argument, of, attribute }) => {
    const value = valueAt(everyProperty, property);
    const changed = another(value, attribute);
    const after = argumentsOf(withChange(property, changed));

    expect(value).toBeDefined();
    expect(valueAt(before[of], argument)).toEqual(value);
    expect(valueAt(after[of], argument)).toEqual(changed);
    expect(others(after, property)).toEqual(others(before, property));
  });
});

describe("what the provider allows is what synthesis allows", () => {
  const valued = cases.flatMap((one) => (one.attribute.values ?? []).map((value) => ({ ...one, value })));
  const inList = ({ attribute }: { attribute: Attribute }, value: string) =>
    attribute.type === "list(string)" ? [value] : value;

  test.each(valued)("$property may be $value", (one) => {
    const value = inList(one, one.value);

    expect(valueAt(argumentsOf(withChange(one.property, value))[one.of], one.argument)).toEqual(value);
  });

  test.each(cases.filter(({ attribute }) => attribute.values !== undefined))("$property must be one of them", (one) => {
    const at = one.attribute.type === "list(string)" ? `${one.property}[0]` : one.property;
    const known = (one.attribute.values ?? []).map((value) => `"${value}"`);

    expect(refusals(withChange(one.property, inList(one, "Nonsense")))).toEqual([
      `Invalid ${at} "Nonsense": expected ${known.slice(0, -1).join(", ")} or ${known.at(-1) ?? ""}`,
    ]);
  });

  const ranged = cases.filter(({ attribute }) => attribute.range !== undefined);
  test.each(ranged)("$property lies within its limits", ({ property, attribute }) => {
    const [min, max] = attribute.range ?? [];
    const refused = (value: unknown) => refusals(withChange(property, value)).length;

    expect(refused(min)).toBe(0);
    expect(refused(Number(min) - 1)).toBe(1);
    expect(refused(Number(min) + 0.5)).toBe(1);
    expect(refused(max ?? 1_000_000)).toBe(0);
    expect(refused(max === null ? Infinity : Number(max) + 1)).toBe(1);
  });

  test.each(cases.filter(({ attribute }) => attribute.length !== undefined))(
    "$property is neither empty nor too long",
    (one) => {
      const [min = 0, max = 0] = one.attribute.length ?? [];

      expect(refusals(withChange(one.property, "x".repeat(min)))).toEqual([]);
      expect(refusals(withChange(one.property, "x".repeat(max)))).toEqual([]);
      expect(refusals(withChange(one.property, "x".repeat(min - 1)))).toHaveLength(1);
      expect(refusals(withChange(one.property, "x".repeat(max + 1)))).toHaveLength(1);
    },
  );

  test.each(cases.filter(({ attribute }) => attribute.maxItems !== undefined))("$property is not too long", (one) => {
    const max = one.attribute.maxItems ?? 0;
    const list = (length: number) => Array.from({ length }, (_, index) => `p${index}`);

    expect(refusals(withChange(one.property, list(max)))).toEqual([]);
    expect(refusals(withChange(one.property, list(max + 1)))).toEqual([
      `Invalid ${one.property} ["p0", "p1", "p2", "p3", …]: expected at most ${max} elements, not ${max + 1}`,
    ]);
  });

  test.each(cases.filter(({ attribute }) => attribute.format === "hex-color"))(
    "$property is a colour",
    ({ property }) => {
      expect(refusals(withChange(property, "#fff"))).toEqual([]);
      expect(refusals(withChange(property, "blue"))).toEqual([
        `Invalid ${property} "blue": expected a hex colour, such as "#0b5fff"`,
      ]);
    },
  );

  test.each(cases.filter(({ attribute }) => attribute.format === "https-url"))("$property is a URL", ({ property }) => {
    expect(refusals(withChange(property, "http://www.example.com/a.png"))).toEqual([
      `Invalid ${property} "http://www.example.com/a.png": ` +
        `expected an https URL, such as "https://www.example.com/logo.svg"`,
    ]);
  });

  test("the texts that can be replaced", () => {
    const texts = configuration.blocks["custom_i18n_labels"]?.blocks["localized_labels"];

    expect(labelKeys).toEqual(texts?.attributes["key"]?.values);
  });

  test("as many blocks as the provider takes", () => {
    const filters = (length: number) =>
      withChange(
        "journeyEvents.trackingSettings.ipFilters",
        Array.from({ length }, (_, index) => ({ ipAddress: `192.0.2.${index}`, name: `${index}` })),
      );

    expect(configuration.blocks["journey_events"]?.blocks["tracking_settings"]?.blocks["ip_filters"]?.max).toBe(10);
    expect(refusals(filters(10))).toEqual([]);
    expect(refusals(filters(11))).toEqual([
      "Invalid journeyEvents.trackingSettings.ipFilters [{…}, {…}, {…}, {…}, …]: expected at most 10 elements, not 11",
    ]);
    expect(configuration.blocks["support_center"]?.blocks["screens"]?.blocks["module_settings"]?.min).toBe(1);
    expect(refusals(withChange("supportCenter.screens[0].moduleSettings", []))).toEqual([
      "Invalid supportCenter.screens[0].moduleSettings []: expected at least 1 element, not 0",
    ]);
  });
});

describe("what the provider keeps of a property that a program leaves out", () => {
  /** The paths of all objects and values that are not in a list. */
  const pathsIn = (value: unknown, path = ""): readonly string[] =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? [path]
      : [
          ...(path === "" ? [] : [path]),
          ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, path === "" ? name : `${path}.${name}`)),
        ];
  const kept: Readonly<Record<string, readonly string[]>> = {
    supportedContent: ["supported_content_id"],
    sessionPersistenceType: ["messenger.session_persistence_type"],
    conversations: ["messenger.apps.conversations.session_duration_seconds"],
    "conversations.sessionDurationSeconds": ["messenger.apps.conversations.session_duration_seconds"],
    "video.agent": ["video.agent"],
    "video.agent.backgroundImageUrl": ["video.agent.background_image"],
    "video.user": ["video.user"],
  };

  test.each(pathsIn(everyProperty).map((path) => ({ path, expected: kept[path] ?? [] })))(
    "$path: $expected",
    ({ path, expected }) => {
      const less = withChange(path, undefined);
      // `IMAGE` needs its picture.
      if (path === "video.agent.backgroundImageUrl") Reflect.deleteProperty(less.video?.agent ?? {}, "background");
      if (refusals(less).length > 0) return;
      const [before, after] = [argumentsOf(everyProperty), argumentsOf(less)];
      const found = (["configuration", "deployment"] as const).flatMap((what) => {
        const block = resourceSchema(`genesyscloud_webdeployments_${what}`);
        return differences(block, argumentsUnder(block, before[what]), argumentsUnder(block, after[what]));
      });
      const names = found.flatMap(({ path: name, isKept = false }) => (isKept ? [name.join(".")] : []));
      expect(names).toEqual(expected);
    },
  );
});
