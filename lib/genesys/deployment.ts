import { type DomainPolicy } from "./host-check";

/** The states of a deployment and of a configuration version. */
export type DeploymentStatus = "Pending" | "Active" | "Inactive" | "Error" | "Deleting";

/**
 * What matters of a web deployment: the same whether the platform API answers it or Terraform's state remembers it, so that
 * the two can be laid side by side.
 */
export interface Deployment extends DomainPolicy {
  /** What a page's snippet names. It never changes. */
  readonly id: string;
  readonly name: string;
  /** Absent if there is none; the API omits an empty one. */
  readonly description?: string;
  /** One of {@link DeploymentStatus}, or a word that the platform has learnt since. */
  readonly status: string;
  /** The configuration that pages show, and which of its published versions: an integer in a string, such as `"3"`. */
  readonly configuration: { readonly id: string; readonly version: string };
  readonly flowId?: string;
  readonly supportedContentId?: string;
  /** The integrations that deliver push notifications, such as `APNS i-1`; absent where there are none. */
  readonly pushIntegrations?: readonly string[];
}
