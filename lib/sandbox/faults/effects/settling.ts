import { type Effect } from "../effect";
import { type ErrorFault, type PendingFault } from "../fault";

/** What creates or changes something that has a status. */
const reach = /^(POST \S+\/(deployments|configurations)|PUT \S+\/(deployments\/[^/]+|versions\/draft))$/;

/** Leaves what the call creates or changes on its way for a while, and decides where that ends. */
export function settling(fault: PendingFault | ErrorFault): Effect {
  return {
    reach,
    async strike(call, next) {
      call.set("settling", { delayMs: fault.ms ?? 0, into: fault.kind === "error" ? "Error" : "Active" });
      await next();
    },
  };
}
