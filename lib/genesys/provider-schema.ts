import { readFileSync } from "node:fs";

/** A JSON object of the API. */
export type ApiObject = Readonly<Record<string, unknown>>;

export function isApiObject(value: unknown): value is ApiObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a path of the schema. `a.b` goes into an object, `list[]` is an array of plain values, `list[].id` the
 * array of that field of each of its objects.
 */
export function schemaValueAt(object: ApiObject, path: string): unknown {
  const [list = "", field] = path.split("[]");
  const value = list.split(".").reduce<unknown>((at, key) => (isApiObject(at) ? at[key] : undefined), object);
  if (field === undefined || field === "") return value;
  const key = field.slice(1);
  return Array.isArray(value) ? value.map((item: unknown) => (isApiObject(item) ? item[key] : undefined)) : value;
}

/** The object with a value at a path of the schema; the inverse of {@link schemaValueAt}. */
export function withValueAt(object: ApiObject, path: string, value: unknown): ApiObject {
  const [list = "", field] = path.split("[]");
  const wrapped =
    field === undefined || field === "" || !Array.isArray(value)
      ? value
      : value.map((item: unknown) => ({ [field.slice(1)]: item }));
  return setIn(object, list.split("."), wrapped);
}

function setIn(object: ApiObject, [key = "", ...rest]: readonly string[], value: unknown): ApiObject {
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = object[key];
  return { ...object, [key]: setIn(isApiObject(inner) ? inner : {}, rest, value) };
}

/** The fields of an answer that the platform alone decides: clients send them back with the rest of an object, and they count for nothing. */
export const platformFields: ReadonlySet<string> = new Set([
  "id",
  "version",
  "snippet",
  "dateCreated",
  "dateModified",
  "datePublished",
  "createdUser",
  "publishedUser",
  "lastModifiedUser",
  "selfUri",
]);

/** A resource, a data source, the provider's own configuration, or a block inside one of them. */
export interface Block {
  readonly description?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** A block inside another. With `nesting: "list"` and `max: 1` it is one object of the API, otherwise an array. */
export interface NestedBlock extends Block {
  readonly nesting: "list" | "set";
  readonly min?: number;
  readonly max?: number;
  /**
   * Whether the provider keeps the block of before where a program leaves it out. Terraform's protocol has no word for that, so no
   * schema that a provider announces says it.
   */
  readonly computed?: true;
  /** Its path in the API's JSON, relative to the enclosing block's object. */
  readonly api?: string;
}

/** A value inside a block. */
export interface Attribute {
  readonly type: "string" | "bool" | "number" | "list(string)";
  readonly mode: "required" | "optional" | "optional+computed" | "computed";
  readonly sensitive?: boolean;
  /** Its path in the API's JSON, relative to the enclosing block's object. */
  readonly api?: string;
  readonly description?: string;
  readonly deprecated?: string;
  readonly default?: boolean | string | number;
  readonly values?: readonly string[];
  readonly valuesIgnoreCase?: boolean;
  readonly length?: readonly [number, number];
  readonly range?: readonly [number, number | null];
  readonly maxItems?: number;
  readonly format?: "hex-color" | "https-url";
}

/**
 * The provider's whole schema: the file that the bindings are generated from, so that the API, the provider and the
 * constructs cannot disagree about a field.
 */
export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block & { readonly schemaVersion: number }>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}

let schema: ProviderSchema | undefined;

/** The schema of the package `@cdktf/provider-genesyscloud`; read once. */
export function readSchema(): ProviderSchema {
  const file = require.resolve("@cdktf/provider-genesyscloud/schema.json");
  return (schema ??= JSON.parse(readFileSync(file, "utf8")) as ProviderSchema);
}

/** The schema of a resource, by its Terraform type. */
export function resourceSchema(type: string): Block {
  const resource = readSchema().resources[type];
  if (resource === undefined) throw new Error(`The provider's schema has no resource "${type}".`);
  return resource;
}

export function isComputed({ mode }: Attribute): boolean {
  return mode === "computed" || mode === "optional+computed";
}

/** The same record with every value changed. */
export function mapValues<In, Out>(
  record: Readonly<Record<string, In>>,
  change: (value: In) => Out,
): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
