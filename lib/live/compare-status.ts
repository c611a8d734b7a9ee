import { type Drift } from "./drift";

/** What the status means for a visitor, and who changes it. A page shows the Messenger only while it is `Active`. */
export function compareStatus(live: string, declared: string | undefined): readonly Drift[] {
  if (live === declared || (declared === undefined && live === "Active")) return [];
  switch (live) {
    case "Pending":
      return [
        {
          kind: "status",
          mendedBy: "time",
          message: "the deployment is Pending: pages show no Messenger until it is Active",
        },
      ];
    case "Deleting":
      return [
        {
          kind: "deployment-gone",
          mendedBy: "deploy",
          message:
            "the deployment is being deleted: once it is gone, a deploy makes another one under a new id, which every page must be told",
        },
      ];
    case "Active":
      return [
        {
          kind: "status",
          mendedBy: "deploy",
          message: `the deployment is Active, and the program declares ${declared ?? "nothing"}: pages show a Messenger that they should not`,
        },
      ];
    default:
      return [outOfService(live, declared)];
  }
}

function outOfService(live: string, declared: string | undefined): Drift {
  const seen =
    live === "Error"
      ? "Genesys reports an error of the deployment: pages show no Messenger"
      : `the deployment is ${live}: the Messenger starts on no page`;
  return declared === undefined
    ? {
        kind: "status",
        mendedBy: "person",
        message: `${seen}; no plan notices, because the program declares no status`,
      }
    : { kind: "status", mendedBy: "deploy", message: seen };
}
