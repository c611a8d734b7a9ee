import { type ApiObject, isApiObject } from "../genesys/api-path";
import { platformFields } from "../genesys/platform-fields";
import { type Block } from "../genesys/provider-schema";

/** What Genesys knows inside a field: nothing further, or the fields of an object or of each object of a list. */
interface Fields {
  readonly [name: string]: Fields;
}

/** What everything has that an answer refers to, beside what the platform decides of it. */
const ofReferences = new Set(["name", "status"]);

/** The fields of an answer that the provider does not manage, such as `messenger.apps.survey`; those without a value do not count. */
export function unmanagedFields(block: Block, answer: ApiObject): readonly string[] {
  return [...unknownIn(answer, fieldsOf(block), "")];
}

function* unknownIn(value: unknown, fields: Fields, way: string): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* unknownIn(item, fields, way);
  } else if (isApiObject(value) && Object.keys(fields).length > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const path = way === "" ? name : `${way}.${name}`;
      const known = fields[name];
      if (known !== undefined) yield* unknownIn(inner, known, path);
      else if (!platformFields.has(name) && !ofReferences.has(name) && !isNothing(inner)) yield path;
    }
  }
}

function fieldsOf(block: Block): Fields {
  const attributes = Object.values(block.attributes).map(({ api }) => branch(api, {}));
  const blocks = Object.values(block.blocks).map((nested) => branch(nested.api, fieldsOf(nested)));
  return [...attributes, ...blocks].reduce<Fields>(merged, {});
}

/** `labels[].id` is the field `id` inside `labels`. */
function branch(api: string | undefined, end: Fields): Fields {
  if (api === undefined) return {};
  return api
    .split(".")
    .reverse()
    .reduce<Fields>((inner, name) => ({ [name.replace("[]", "")]: inner }), end);
}

function merged(one: Fields, other: Fields): Fields {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, merged(one[name] ?? {}, other[name] ?? {})]));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  return isApiObject(value) && Object.values(value).every(isNothing);
}
