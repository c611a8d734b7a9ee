import { configurationType, deploymentType } from "./declared-messengers";
import { type ResourceChange } from "./plan";

/**
 * Why a plan must not be applied: it would take a deployment away or give it another id, and pages name it by its id.
 * Empty where nothing speaks against it.
 *
 * @param remembered the addresses of the deployments that the state had before the plan was made: Terraform itself forgets
 *   them in the plan when somebody deleted them by hand
 */
export function planRefusals(changes: readonly ResourceChange[], remembered: ReadonlySet<string>): readonly string[] {
  return changes.map((change) => refusal(change, remembered)).filter((reason) => reason !== undefined);
}

function refusal({ address, type, action }: ResourceChange, remembered: ReadonlySet<string>): string | undefined {
  if (type !== deploymentType && type !== configurationType) return undefined;
  const what = type === deploymentType ? "deployment" : "configuration";
  if (action === "delete" || action === "replace") {
    return `The plan would ${action} the ${what} "${address}": ${consequences[what][action]}`;
  }
  if (action === "create" && what === "deployment" && remembered.has(address)) {
    return (
      `The plan would create the deployment "${address}" anew: the one that the state remembers was not found, and pages that ` +
      "name its id show no Messenger until they are built with the new one. If it was deleted and another one is what you want: " +
      "origins deploy --recreate. If origins audit finds it, deploy again a little later"
    );
  }
  return undefined;
}

const byHand =
  "If that is what you want, destroy it by cdktf or Terraform itself; if not, undo the change of the program that leads to it";

const consequences = {
  deployment: {
    delete: `every page that names its id would lose its Messenger, and the id never comes back. ${byHand}`,
    replace: `the new one has another id, and every page that names the old one would lose its Messenger. ${byHand}`,
  },
  configuration: {
    delete: `the deployments that show it would be left without one. ${byHand}`,
    replace: `the deployments that show it would be left without one meanwhile. ${byHand}`,
  },
} as const;
