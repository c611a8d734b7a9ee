/** A JSON object whose content is not known yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object that a text holds; undefined if it is not JSON or not an object. */
export function parseRecord(text: string): JsonRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecord(value) ? value : undefined;
}

/** The object at the end of a path of names; an empty one if it is missing. */
export function recordAt(record: JsonRecord, ...path: readonly string[]): JsonRecord {
  let found = record;
  for (const name of path) {
    const next = found[name];
    if (!isRecord(next)) return {};
    found = next;
  }
  return found;
}

/** The blocks of a name: Terraform's JSON syntax takes one block as an object, and any number of them as a list. */
export function blocksOf(record: JsonRecord, name: string): readonly JsonRecord[] {
  const value = record[name];
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}
