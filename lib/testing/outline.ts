import { isRecord } from "../terraform/json";

/**
 * A value as indented lines, without the brackets and the escaped quotes of JSON: what a snapshot of it shows then, is what
 * changed. A text that could be taken for something else is quoted.
 */
export function outline(value: unknown, indent = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => under(`${indent}-`, item, indent));
  if (!isRecord(value)) return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => under(`${indent}${name}:`, inner, indent));
}

function under(heading: string, value: unknown, indent: string): readonly string[] {
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (empty || typeof value !== "object" || value === null) return [`${heading} ${scalar(value)}`];
  return [heading, ...outline(value, `${indent}  `)];
}

function scalar(value: unknown): string {
  const plain =
    typeof value === "string" && /^\S(?:.*\S)?$/.test(value) && !/^(?:["'{[-]|\d+$|(?:true|false|null)$)/.test(value);
  return plain ? value : JSON.stringify(value);
}
