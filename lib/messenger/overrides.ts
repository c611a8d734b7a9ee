import { anything, mapOf, object } from "../base/shape";
import { type PropertyCheck } from "./property-check";

/** Arguments of a resource under their Terraform names; what they hold is deeply merged into what the props made. */
export type RawArguments = Readonly<Record<string, unknown>>;

/** The way out for what a later provider adds. Nothing in it is checked but that it leaves the domains alone. */
export interface Overrides {
  /** Arguments of `genesyscloud_webdeployments_configuration`. */
  readonly configuration?: RawArguments;
  /** Arguments of `genesyscloud_webdeployments_deployment`. */
  readonly deployment?: RawArguments;
}

export const rawArgumentsShape = mapOf<unknown>(anything, '{ status: "Inactive" }');

export const overridesShape = object<Overrides>({ configuration: rawArgumentsShape, deployment: rawArgumentsShape });

/** A resource, as far as overriding goes. */
interface Overridable {
  addOverride(path: string, value: unknown): void;
}

export function override(resource: Overridable, raw: RawArguments = {}): void {
  for (const [name, value] of Object.entries(raw)) resource.addOverride(name, value);
}

/** The provider refuses a deployment with both of these, or neither, at apply only: the environment alone says which. */
const ofTheEnvironment = ["allowed_domains", "allow_all_domains"];

export function checkOverrides({ deployment = {} }: Overrides, check: PropertyCheck): void {
  for (const name of ofTheEnvironment) {
    if (deployment[name] === undefined) continue;
    check
      .in("deployment")
      .refuse(name, deployment[name], "it bypasses the environment's rules; declare the addresses on the environment");
  }
}
