import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { declarationsOf, type Declarations, type Property } from "./declarations";
import { namesWithin, schema, type Attribute, type Block, type NestedBlock } from "./schema";

/** A class of the bindings, as the tests use all of them. */
type Binding = new (scope: Construct, id: string, config: Record<string, unknown>) => Construct;

interface Root {
  /** The first key in cdk.tf.json: `resource`, `data` or `provider`. */
  readonly section: string;
  readonly type: string;
  readonly block: Block;
  readonly module: string;
  readonly className: string;
}

const words = (name: string): string => name.replace(/^genesyscloud_/, "");
const camel = (name: string): string =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()).replace(/\d[a-z]/g, (part) => part.toUpperCase());
const pascal = (name: string): string => camel(`_${name}`);

const roots: readonly Root[] = [
  {
    section: "provider",
    type: "genesyscloud",
    block: schema.provider,
    module: "provider",
    className: "GenesyscloudProvider",
  },
  ...Object.entries(schema.resources).map(([type, block]) => ({
    section: "resource",
    type,
    block,
    module: words(type).replace(/_/g, "-"),
    className: pascal(words(type)),
  })),
  ...Object.entries(schema.dataSources).map(([type, block]) => ({
    section: "data",
    type,
    block,
    module: `data-${type.replace(/_/g, "-")}`,
    className: pascal(`data_${type}`),
  })),
];

const lib = join(require.resolve("@cdktf/provider-genesyscloud/package.json"), "..", "lib");
const settable = ({ attributes }: Block): [string, Attribute][] =>
  Object.entries(attributes).filter(([, { mode }]) => mode !== "computed");
const isOne = ({ max }: NestedBlock): boolean => max === 1;
const isRequired = (child: Attribute | NestedBlock): boolean =>
  "mode" in child ? child.mode === "required" : (child.min ?? 0) > 0;

/** The values of a block, with the class's names and with Terraform's. */
interface Values {
  readonly config: Record<string, unknown>;
  readonly terraform: Record<string, unknown>;
}

/** A value for everything in the block that `wanted` asks for; each value names its place, so that a swap is detected. */
function valuesOf(path: string, block: Block, wanted: (child: Attribute | NestedBlock) => boolean): Values {
  const config: Record<string, unknown> = {};
  const terraform: Record<string, unknown> = {};
  for (const [name, attribute] of settable(block).filter(([, child]) => wanted(child))) {
    config[camel(name)] = terraform[name] = sampleOf(`${path}.${name}`, attribute);
  }
  for (const [name, nested] of Object.entries(block.blocks).filter(([, child]) => wanted(child))) {
    const values = [1, 2].map((item) => valuesOf(`${path}.${name}.${item}`, nested, wanted));
    const [first] = values;
    config[camel(name)] = isOne(nested) ? first?.config : values.map((value) => value.config);
    terraform[name] = isOne(nested) ? first?.terraform : values.map((value) => value.terraform);
  }
  return { config, terraform };
}

function sampleOf(path: string, { type }: Attribute): unknown {
  switch (type) {
    case "bool":
      return path.length % 2 === 0;
    case "number":
      return path.length;
    case "string":
      return path;
    default:
      return [`${path}.1`, `${path}.2`];
  }
}

function load({ module, className }: Root): Binding {
  const binding = jest.requireActual<Record<string, Binding>>(`@cdktf/provider-genesyscloud/lib/${module}`)[className];
  if (binding === undefined) throw new Error(`lib/${module} has no class ${className}`);
  return binding;
}

/** What a stack with this one element synthesises for it. */
function synthesise(root: Root, config: Record<string, unknown>): unknown {
  const stack = new TerraformStack(new App(), "stack");
  new (load(root))(stack, "it", config);
  const section = (JSON.parse(Testing.synth(stack)) as Record<string, Record<string, unknown>>)[root.section];
  const element = section?.[root.type];
  return root.section === "provider" ? (element as unknown[])[0] : (element as Record<string, unknown>)["it"];
}

describe.each(roots)("$section $type", (root) => {
  const { module, className, block } = root;
  const declarations = declarationsOf(readFileSync(join(lib, module, "index.d.ts"), "utf8"));

  test("everything that can be set arrives under its Terraform name, and nothing else does", () => {
    const { config, terraform } = valuesOf(root.type, block, () => true);
    expect(synthesise(root, config)).toEqual(terraform);
  });

  test("only what is required has to be set", () => {
    const { config, terraform } = valuesOf(root.type, block, isRequired);
    expect(synthesise(root, config)).toEqual(terraform);
  });

  test("the declarations ask for what the schema asks for, down to the last block", () => {
    const extra = root.section === "provider" ? ["alias"] : [];
    expect(mismatches(declarations, `${className}Config`, block, extra)).toEqual([]);
  });

  test("what can only be read has no setter", () => {
    const accessors = declarations.classes.get(className);
    for (const [name, { mode }] of Object.entries(block.attributes)) {
      expect([name, accessors?.get(camel(name))]).toEqual([
        name,
        expect.objectContaining({ get: true, set: mode !== "computed" }),
      ]);
    }
  });

  test("tooltips carry the descriptions and deprecations", () => {
    const accessors = declarations.classes.get(className);
    for (const [name, { description, deprecated = "" }] of Object.entries(block.attributes)) {
      expect(accessors?.get(camel(name))?.comment).toContain(description);
      expect(accessors?.get(camel(name))?.comment).toContain(deprecated);
    }
  });
});

/** Where an interface and its block differ, each in words; none when they agree. */
function mismatches(declarations: Declarations, name: string, block: Block, extra: readonly string[] = []): string[] {
  const properties = declarations.interfaces.get(name);
  if (properties === undefined) return [`no interface ${name}`];
  const children = [...settable(block), ...Object.entries(block.blocks)];
  const expected = new Set([...children.map(([child]) => camel(child)), ...extra]);
  return [
    ...[...properties.keys()].filter((key) => !expected.has(key)).map((key) => `${name}.${key} is not in the schema`),
    ...children.flatMap(([child, its]) => {
      const property = properties.get(camel(child));
      if (property === undefined) return [`${name} lacks ${child}`];
      return [
        ...differences(property, its).map((difference) => `${name}.${child}: ${difference}`),
        ...("mode" in its ? [] : mismatches(declarations, property.type.replace(/\[\].*/, ""), its)),
      ];
    }),
  ];
}

function differences(property: Property, child: Attribute | NestedBlock): string[] {
  const found: string[] = [];
  if (property.optional === isRequired(child)) found.push(property.optional ? "is required" : "is optional");
  if (!fits(property.type, child)) found.push(`has the type ${property.type}`);
  if (!property.comment.includes(child.description)) found.push("lacks its description");
  const deprecation = "deprecated" in child ? (child.deprecated ?? "") : "";
  if (deprecation && !property.comment.endsWith(`@deprecated ${deprecation}`)) found.push("lacks its deprecation");
  return found;
}

function fits(type: string, child: Attribute | NestedBlock): boolean {
  if (!("mode" in child)) return isOne(child) ? /^\w+$/.test(type) : /^\w+\[\] \| cdktf\.IResolvable$/.test(type);
  const types: Record<string, string> = {
    bool: "boolean | cdktf.IResolvable",
    number: "number",
    string: "string",
    "list(string)": "string[]",
  };
  return types[child.type] === type;
}

test("cdk.tf.json names the provider in lower case and admits later minor versions", () => {
  const stack = new TerraformStack(new App(), "stack");
  for (const root of roots) new (load(root))(stack, root.className, valuesOf("it", root.block, isRequired).config);
  expect(JSON.parse(Testing.synth(stack))).toMatchObject({
    terraform: { required_providers: { genesyscloud: { source: "mypurecloud/genesyscloud", version: "~> 1.84" } } },
  });
});

test("the comparison reaches the innermost blocks", () => {
  const configuration = schema.resources["genesyscloud_webdeployments_configuration"];
  expect(configuration && namesWithin(configuration)).toContain(
    "support_center.screens.module_settings.detailed_category_module_template.sidebar_enabled",
  );
});
