/** A JSON value: what a body may hold and what the state file keeps. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object, as it was read; nothing in it has been checked yet. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Whether a JSON value is an object (neither null nor a list). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
