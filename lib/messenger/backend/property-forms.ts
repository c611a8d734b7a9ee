import { type Fields, object, type ObjectShape, oneOf, required } from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { carriesCredentials } from "./address";

/** What a kind of backend lets a program write: its type, and these properties. What it lacks was most likely meant to be a credential. */
export function shapeOfState<State>(
  type: string,
  { properties, credentials }: { readonly properties: Fields<Omit<State, "type">>; readonly credentials: string },
): ObjectShape {
  const ofType = object<{ readonly type: string }>({ type: required(oneOf([type])) });
  const others = object<Omit<State, "type">>(properties);
  return {
    kind: "object",
    fields: { ...ofType.fields, ...others.fields },
    note: `set credentials for Terraform (${credentials})`,
  };
}

/**
 * Checks what holds for the properties of every backend.
 *
 * @param credentials where credentials belong instead
 */
export function checkCredentials(backend: object, credentials: string, check: PropertyCheck): void {
  for (const [property, value] of Object.entries(backend) as [string, unknown][]) {
    if (typeof value !== "string" || !carriesCredentials(value)) continue;
    check.refuse(
      property,
      value,
      `expected no user or password, because cdk.tf.json would hold it; set credentials for Terraform (${credentials})`,
    );
  }
}
