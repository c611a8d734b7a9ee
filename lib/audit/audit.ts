import { type Deployment } from "../genesys/deployment";
import { type AllowList } from "../origins/allow-list";
import { type Host } from "../origins/hostname";
import { type LiveEndpoints } from "../platform/endpoints";
import { type ApiReading, type PublicReading } from "../platform/public-files";
import { type Drift } from "./drift";

/** What tells a declared deployment from the others of its organisation. */
export interface DeclaredDeployment {
  readonly name: string;
  /** Empty where none is declared; absent where a Terraform expression decides it. */
  readonly description?: string;
  /** The id of the configuration that it is wired to; absent where the state has none. */
  readonly configurationId?: string;
  /** Whether the configuration is made outside of the Messenger: by another one, by another stack, or outside of the program. */
  readonly sharesConfiguration?: boolean;
  /** What to run so that Terraform takes over a deployment that is there already. */
  readonly importCommand?: (found: Deployment) => string;
}

/** What the next deploy imports instead of making it. */
export interface Adoptee {
  readonly deploymentId: string;
  /** Absent where the configuration belongs to another Messenger. */
  readonly configurationId?: string;
}

/** One Messenger to audit: what the program wants and what Terraform's state remembers. */
export interface AuditSubject {
  /** The name of its environment or stack, for progress and reports. */
  readonly name: string;
  /** What the program derives; undefined where a Terraform expression decides the list. */
  readonly derived: AllowList | undefined;
  /** The deployment as the state has it; undefined where it was never deployed. */
  readonly state: Deployment | undefined;
  /** Why the state had to be read from its backup, in words without a final full stop; absent where it did not. */
  readonly stateEmptied?: string | undefined;
  /**
   * The `version` of the configuration resource that the deployment is wired to, as the state has it; empty where it has the resource
   * without a version, absent where it does not have the resource.
   */
  readonly stateConfigurationVersion?: string;
  /** The stack that makes the configuration, where it is another one that the program names. */
  readonly configurationStack?: string;
  /** The status that the program declares; absent where it declares none. */
  readonly status?: string;
  /** The ids of all deployments that the same state has: one that it has under another name is a plan's to speak of. */
  readonly stateIds?: readonly string[];
  /** What it adopts, where Terraform has not done so yet; of no meaning beside a `state`. */
  readonly adoptee?: Adoptee;
  /** How it is declared; where it is absent, a deployment that was never deployed is not looked for. */
  readonly declared?: DeclaredDeployment;
  /** What the next plan changes whatever is live: the program and the state tell it. */
  readonly pending?: readonly Drift[];
  /** What the program and the state tell that is worth knowing but is not drift, in words. */
  readonly notes?: readonly string[];
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
  /** What is worth knowing but is not drift, in words: other deployments of the same name. */
  readonly notes: readonly string[];
  /** What Genesys answered, side by side. */
  readonly live: {
    readonly api: ApiReading;
    readonly publicFiles: PublicReading;
    /** The newest published version of the state's configuration, where it was read. */
    readonly newestVersion?: string;
    /** Set where the state's configuration was read, and nothing of it was ever published. */
    readonly neverPublished?: true;
  };
}
