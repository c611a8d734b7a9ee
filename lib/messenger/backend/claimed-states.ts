import { type TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";

/** Which stack of an app keeps its state where, by the root of its tree; an app that is gone takes them along. */
const claims = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Says that the stack keeps its state there. Two that did would take turns to destroy what the other has made.
 *
 * @throws when another stack of the app has said so before
 */
export function claimState({ node: { root, path } }: TerraformStack, place: string): void {
  const claimed = claims.get(root) ?? new Map<string, string>();
  claims.set(root, claimed);
  const other = claimed.get(place);
  if (other !== undefined) {
    throw new Error(
      `MessengerStack "${path}" would store its state in the same place as "${other}" (${place}): a deploy of one would ` +
        "destroy the resources of the other.\n\n" +
        "Leave the state's name out, so that it follows from the stack, or make the environment's name a part of it.",
    );
  }
  claimed.set(place, path);
}
