import { type Attribute } from "../../../../lib/genesys/provider-schema";

/** A value that only the apply will know. */
export class UnknownValue {
  /** What `terraform plan` prints for it. */
  readonly text = "(known after apply)";
}

/** The one unknown value. */
export const unknown = new UnknownValue();

/** A value of Terraform's type system, as this provider's schema needs it. */
export type Value = null | UnknownValue | boolean | number | string | readonly Value[] | Values;

/** An object: a resource, a data source or a block, with all of its attributes and blocks. */
export interface Values {
  readonly [name: string]: Value;
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof UnknownValue);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The blocks of one name: a list of objects, empty if there are no blocks. */
export function blocksIn(values: Values | null | undefined, name: string): readonly Values[] {
  const blocks = values?.[name];
  return isList(blocks) ? blocks.filter(isValues) : [];
}

/** Nothing, as far as a request or an answer goes: what is missing, an empty string or list, false, zero. */
export function isZero(value: Value | undefined): boolean {
  return isEmpty(value) || value === false || value === 0;
}

/** The zero value of an attribute, which the provider's SDK reads for an unset value. */
export function zeroOf({ type }: Attribute): Value {
  switch (type) {
    case "string":
      return "";
    case "number":
      return 0;
    case "bool":
      return false;
    case "list(string)":
      return [];
  }
}

/** What the provider's SDK cannot distinguish from a missing value: an empty string or list. */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "" || (isList(value) && value.length === 0);
}

export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (isValues(one) && isValues(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => isSame(one[name], other[name]));
  }
  return false;
}

/** The text of an attribute that must have one by now, such as the id of a resource that exists. */
export function textIn(values: Values | null | undefined, name: string): string {
  const value = values?.[name];
  if (typeof value === "string") return value;
  throw new Error(`"${name}" should be known here.`);
}
