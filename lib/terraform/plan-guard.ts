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
  return changes.map((change) => refusal(change, { changes, remembered })).filter((reason) => reason !== undefined);
}

interface Surroundings {
  readonly changes: readonly ResourceChange[];
  readonly remembered: ReadonlySet<string>;
}

function refusal({ address, type, action }: ResourceChange, { changes, remembered }: Surroundings): string | undefined {
  if (type !== deploymentType && type !== configurationType) return undefined;
  const what = type === deploymentType ? "deployment" : "configuration";
  if (action === "delete" || action === "replace") {
    return `The plan would ${action} the ${what} "${address}": ${consequences[what][action]}${
      action === "delete" && what === "deployment" ? `. ${waysToKeep(address, changes)}` : ""
    }. ${byHand}`;
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

/** What moves in the program is to Terraform one thing that goes and another that comes. */
function waysToKeep(address: string, changes: readonly ResourceChange[]): string {
  const id = constructId(address);
  const made = changes.filter((change) => change.type === deploymentType && change.action === "create");
  const renamed = made.map((change) => `"${change.address}"`).join(" or ");
  return [
    ...(made.length === 0
      ? []
      : [`If it is ${renamed} under its old name: renamedFrom("${id}") in the program keeps it`]),
    `If it is another stack's from now on, or nobody's: new ReleasedMessenger(stack, "${id}") leaves it as it is`,
  ].join(". ");
}

/** The id that the Messenger had in the program, as far as the address tells: one of a Messenger in the stack itself. */
function constructId(address: string): string {
  return /\.([\w-]+)_Deployment_[0-9A-F]{8}$/.exec(address)?.[1] ?? "<its id>";
}

const byHand =
  "If that is what you want, destroy it with Terraform itself; if not, undo the change of the program that leads to it";

const consequences = {
  deployment: {
    delete: "every page that names its id would lose its Messenger, and the id never comes back",
    replace: "the new one has another id, and every page that names the old one would lose its Messenger",
  },
  configuration: {
    delete: "the deployments that show it would be left without one",
    replace: "the deployments that show it would be left without one meanwhile",
  },
} as const;
