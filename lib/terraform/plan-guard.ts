import { type ResourceChange } from "./plan";

/**
 * Why a plan must not be applied: it would give a deployment another id, or take one away. Empty where nothing speaks
 * against it.
 *
 * @param remembered the addresses of the deployments that the state had before the plan was made
 */
export function planRefusals(changes: readonly ResourceChange[], remembered: ReadonlySet<string>): readonly string[] {
  throw new Error(`not written yet: ${changes.length} ${remembered.size}`);
}
