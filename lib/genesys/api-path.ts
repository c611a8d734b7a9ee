/** A JSON object of the API. */
export type ApiObject = Readonly<Record<string, unknown>>;

export function isApiObject(value: unknown): value is ApiObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a path of the schema. `a.b` goes into an object, `list[]` is an array of plain values, `list[].id` the
 * array of that field of each of its objects.
 */
export function valueAt(object: ApiObject, path: string): unknown {
  const [list = "", field] = path.split("[]");
  const value = list.split(".").reduce<unknown>((at, key) => (isApiObject(at) ? at[key] : undefined), object);
  if (field === undefined || field === "") return value;
  const key = field.slice(1);
  return Array.isArray(value) ? value.map((item: unknown) => (isApiObject(item) ? item[key] : undefined)) : value;
}

/** The object with a value at a path of the schema; the inverse of {@link valueAt}. */
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
