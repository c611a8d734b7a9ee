import { redact } from "../../origins";
import { isKnownToTerraformOnly, type PropertyCheck } from "../property-check";
import { carriesCredentials } from "./address";
import { type PropertyForm } from "./backend-kind";
import { isApplicationName } from "./state-name";

/** What a kind of backend lets a program write, and where credentials belong instead. */
interface Allowed {
  readonly properties: Readonly<Record<string, PropertyForm>>;
  readonly credentials: string;
}

/**
 * Checks what holds for the properties of every backend, for programs that no compiler has checked as well.
 *
 * @param check the check of the stack, whose property the backend is
 */
export function checkForms(check: PropertyCheck, backend: { readonly type: string }, allowed: Allowed): void {
  const { properties, credentials } = allowed;
  const secrets = `credentials are set for Terraform (${credentials})`;
  const given = new Map<string, unknown>(Object.entries(backend));
  for (const [property, value] of given) {
    if (property === "type" || value === undefined) continue;
    const form = Object.hasOwn(properties, property) ? properties[property] : undefined;
    if (form !== undefined) checkValue(check.in("backend"), property, value, form, secrets);
    else {
      check.refuse({
        property: "backend",
        value: redact(property), // and not what it holds: most likely that is a credential
        message: `is no property of the type "${backend.type}"`,
        remedy: `write ${Object.keys(properties).join(", ")}; ${secrets}`,
      });
    }
  }
  for (const [property, { required }] of Object.entries(properties)) {
    const value = given.get(property);
    if (required === undefined || (value !== undefined && value !== "")) continue;
    check.in("backend").refuse({ property, value, message: "is missing", remedy: required });
  }
}

function checkValue(check: PropertyCheck, property: string, value: unknown, form: PropertyForm, secrets: string): void {
  if (isKnownToTerraformOnly(value)) {
    check.refuse({
      property,
      value,
      message: "is known to Terraform only, which reads its backend before anything else",
      remedy: "write it out",
    });
  } else if (typeof value !== form.type) {
    check.refuse({
      property,
      value: typeof value,
      message: "is the type of what stands there",
      remedy: `write a ${form.type}`,
    });
  } else if (typeof value === "string" && carriesCredentials(value)) {
    check.refuse({
      property,
      value: redact(value),
      message: "has a user or a password in it, which would stand in cdk.tf.json",
      remedy: `take it out; ${secrets}`,
    });
  } else if (property === "application" && typeof value === "string" && !isApplicationName(value)) {
    check.refuse({
      property,
      value: redact(value),
      message: "cannot be part of every name",
      remedy: `write up to 40 lower-case letters, digits and "-", such as "web-shop"`,
    });
  }
}
