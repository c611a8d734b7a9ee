import { type Deployment } from "../genesys/deployment";
import { type AllowList, type Host } from "../origins";
import { type Drift } from "./drift";
import { type LiveEndpoints } from "./endpoints";
import { type ApiReading, type PublicReading } from "./reading";

/** One Messenger to audit: what the program wants and what Terraform's state remembers. */
export interface AuditSubject {
  /** The name of its environment or stack, for progress and reports. */
  readonly name: string;
  /** What the program derives; undefined where a Terraform expression decides the list. */
  readonly derived: AllowList | undefined;
  /** The deployment as the state has it; undefined where it was never deployed. */
  readonly state: Deployment | undefined;
  /** The `version` of the configuration resource that the deployment is wired to, as the state has it. */
  readonly stateConfigurationVersion?: string;
  /** The status that the program declares; absent where it declares none. */
  readonly status?: string;
  readonly endpoints: LiveEndpoints;
}

/** What an audit found. */
export interface Audit {
  readonly name: string;
  readonly deploymentId: string | undefined;
  /** `equal`; `drift`: something differs; `unknown`: something that decides it could not be read. */
  readonly verdict: "equal" | "drift" | "unknown";
  /** The worst first; empty when equal. */
  readonly drifts: readonly Drift[];
  /** Hosts of the derived list whose pages the live list blocks. */
  readonly lost: readonly Host[];
  /** Live entries that admit pages which the derived list does not, or "every page". */
  readonly gained: readonly string[];
  /** What the audit did not look at and why, in words: blindness that must not be taken for equality. */
  readonly unchecked: readonly string[];
  /** What Genesys answered, side by side. */
  readonly live: {
    readonly api: ApiReading;
    readonly publicFiles: PublicReading;
    /** The newest published version of the state's configuration, where it was read. */
    readonly newestVersion?: string;
  };
}
