import { readFileSync } from "node:fs";

/**
 * The part of the provider's schema that says what the platform's API takes: the same file that the bindings are
 * generated from, so that the sandbox and the constructs cannot disagree about a field.
 */
export interface ProviderSchema {
  readonly resources: Readonly<Record<string, SchemaBlock>>;
}

/** A resource, or a block inside one. */
export interface SchemaBlock {
  readonly attributes: Readonly<Record<string, SchemaAttribute>>;
  readonly blocks: Readonly<Record<string, SchemaBlock & { readonly nesting: "list" | "set" }>>;
  readonly max?: number;
  /** The block's path in the API's JSON, relative to the enclosing block's object. */
  readonly api?: string;
}

/** A value inside a block. */
export interface SchemaAttribute {
  readonly type: "string" | "bool" | "number" | "list(string)";
  /** The value's path in the API's JSON, relative to the enclosing block's object. */
  readonly api?: string;
  readonly values?: readonly string[];
  readonly valuesIgnoreCase?: boolean;
  readonly length?: readonly [number, number];
  readonly range?: readonly [number, number | null];
  readonly maxItems?: number;
}

let schema: ProviderSchema | undefined;

/** The schema of a resource, by its Terraform type. */
export function resourceSchema(type: string): SchemaBlock {
  schema ??= JSON.parse(
    readFileSync(require.resolve("@cdktf/provider-genesyscloud/schema.json"), "utf8"),
  ) as ProviderSchema;
  const resource = schema.resources[type];
  if (resource === undefined) throw new Error(`The provider's schema has no resource "${type}".`);
  return resource;
}
