import { runInNewContext } from "node:vm";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { toSchema } from "../../packages/sandbox/lib/provider/codec";
import { flatten } from "../../packages/sandbox/lib/provider/body";
import { plan } from "../../packages/sandbox/lib/provider/plan";
import { isList, isValues, type Value, type Values } from "../../packages/sandbox/lib/provider/value";
import { type ApiObject, type Block } from "../../lib/genesys/provider-schema";

/** What the text of the program evaluates to. */
export function evaluated(messenger: string): Partial<WebMessengerProps> {
  const { production } = JSON.parse(JSON.stringify(runInNewContext(`({ ${messenger} })`))) as {
    readonly production: Partial<WebMessengerProps>;
  };
  return production;
}

/** What Terraform makes of the JSON that was synthesised: an object is a list of one block, and `$${` is a text. */
export function configured(schema: Block, json: Readonly<Record<string, unknown>>): Values {
  const known = Object.keys({ ...schema.attributes, ...schema.blocks });
  return toSchema(
    schema,
    blocksOf(schema, Object.fromEntries(Object.entries(json).filter(([name]) => known.includes(name)))),
  );
}

function blocksOf(schema: Block, json: object): object {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]: [string, unknown]) => {
      const nested = schema.blocks[name];
      if (nested === undefined) return [name, unescaped(value)];
      const items: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value];
      return [name, items.map((item) => blocksOf(nested, Object(item) as object))];
    }),
  );
}

function unescaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "string") return value;
  expect(value).not.toMatch(/(?<![$%])[$%]\{/);
  return value.replace(/([$%])\1(?=\{)/g, "$1");
}

/** What the provider would import of the API's answer, and what it would plan for the program. */
export function planned(
  schema: Block,
  answer: ApiObject,
  json: Readonly<Record<string, unknown>>,
): { prior: Values; plan: Values | null } {
  const prior = flatten(schema, answer, null);
  const proposed = keepComputed(schema, configured(schema, json), prior);
  return { prior, plan: plan(schema, { prior, proposed, legacy: true }, ["version"]) };
}

/** As Terraform proposes: what the configuration leaves to the provider stays what it was, by the index of the block. */
export function keepComputed(schema: Block, values: Values, prior: Values | undefined): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Value] => {
      const attribute = schema.attributes[name];
      const before = prior?.[name] ?? null;
      if (attribute !== undefined)
        return [name, value === null && attribute.mode.endsWith("computed") ? before : value];
      const nested = schema.blocks[name];
      if (nested === undefined || !isList(value)) return [name, value];
      const items = isList(before) ? before : [];
      return [
        name,
        value.map((item, index) => {
          const old = items[index];
          return isValues(item) ? keepComputed(nested, item, isValues(old) ? old : undefined) : item;
        }),
      ];
    }),
  );
}
