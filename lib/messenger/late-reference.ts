import { Lazy } from "cdktf";
import { withoutStackTraces } from "./quick-construction";

/**
 * A reference to an attribute that is made when the stack is resolved, and once only. A reference that is made earlier
 * fixes the resource's address, and `overrideLogicalId` would then change nothing, without saying so.
 */
export function lateReference(attribute: () => string): string {
  const produce = once(attribute);
  return withoutStackTraces(() => Lazy.stringValue({ produce }));
}

/** The same of an attribute that is a list. */
export function lateListReference(attribute: () => string[]): string[] {
  const produce = once(attribute);
  return withoutStackTraces(() => Lazy.listValue({ produce }));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: withoutStackTraces(make) }).value;
}
