/**
 * What can differ between what a program wants, what Terraform's state remembers and what Genesys serves; the worst first.
 *
 * - `unreachable`: it could not be found out; the message says why
 * - `public-files-unread`: what visitors' browsers are told could not be read; the message says why
 * - `state-emptied`: a run was killed while it wrote the state file; what is remembered was read from Terraform's copy beside it
 * - `deployment-gone`: the deployment that the state remembers does not exist any more
 * - `tainted`: Terraform did not see the creation of the deployment or of its configuration come to its end, and would replace it
 * - `status`: it is not `Active`, so that the Messenger starts on no page
 * - `emptied-list`: the live list is empty and not everything is allowed: every page is blocked, and as long as the state
 *   remembers the old entries, no plan sees it
 * - `newer-version-deployed`: the deployment points to a newer configuration version than the state knows: every apply fails
 * - `domains`: the list was changed by hand
 * - `configuration`: the deployment shows another configuration, or an older version of the same one
 * - `configuration-gone`: the configuration that the state remembers does not exist any more
 * - `configuration-missing`: Terraform's state has the deployment without its configuration, so that a deploy makes another one
 * - `newer-version-published`: a configuration version was published by hand that the state does not know: no plan sees it,
 *   and the next change of the deployment would fail
 * - `undeployed-change`: the program wants something else than what was deployed: another list, other arguments, another address
 * - `unclaimed-deployment`: Genesys has the deployment already, and no state has it: a deploy would create a second one
 * - `not-adoptable`: what the program adopts does not exist, or shows another configuration
 * - `to-be-adopted`: the deployment is live, and the next deploy adopts it
 * - `not-deployed`: the deployment does not exist yet
 * - `attributes`: name, description, flow, supported content or push integrations were changed by hand
 * - `second-deployment`: beside the one that the state remembers there is another one of the same name and configuration
 * - `propagation`: the public files do not say yet what the API says
 */
const driftKinds = [
  "unreachable",
  "public-files-unread",
  "state-emptied",
  "deployment-gone",
  "tainted",
  "status",
  "emptied-list",
  "newer-version-deployed",
  "domains",
  "configuration",
  "configuration-gone",
  "configuration-missing",
  "newer-version-published",
  "undeployed-change",
  "unclaimed-deployment",
  "not-adoptable",
  "to-be-adopted",
  "not-deployed",
  "attributes",
  "second-deployment",
  "propagation",
] as const;

/** One of {@link driftKinds}. */
export type DriftKind = (typeof driftKinds)[number];

/**
 * Who mends a drift.
 *
 * - `deploy`: `terraform plan` sees it, and `apply` restores what the program wants
 * - `repair`: `terraform plan` does not see it, or `apply` fails on it: the state must say what is live first (`stateEdit`)
 * - `time`: it is on its way already
 * - `person`: neither Terraform nor a repair can; the message says what to do
 */
export type Mender = "deploy" | "repair" | "time" | "person";

/** What Terraform's state must say so that the next plan sees what is live: an attribute of the deployment or of its configuration. */
type LiveFact =
  | { readonly attribute: "allowed_domains"; readonly value: null }
  | { readonly attribute: "version"; readonly value: string };

/** One way in which what Genesys serves differs from what it should serve. */
export interface Drift {
  readonly kind: DriftKind;
  readonly mendedBy: Mender;
  /** What it is and what a visitor sees of it: one sentence without a final full stop. */
  readonly message: string;
  /**
   * What a repair writes into the state. Only with `mendedBy: "repair"`, and absent even there when the platform API was not
   * read: then the newest version is unknown.
   */
  readonly stateEdit?: LiveFact;
  /** The deployment that no state has. Only with `unclaimed-deployment` and `second-deployment`. */
  readonly found?: { readonly deploymentId: string; readonly configurationId: string };
}

/** The worst first; drifts of the same kind stay in their order. */
export function worstFirst(drifts: readonly Drift[]): readonly Drift[] {
  return [...drifts].sort((one, other) => driftKinds.indexOf(one.kind) - driftKinds.indexOf(other.kind));
}

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
            "the deployment is being deleted: once it is gone, a deploy creates another one under a new id, which every page must then use",
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
