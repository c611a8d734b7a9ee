import { type WrittenAddress } from "../origins/place";

/**
 * Page addresses that only Terraform knows, when it runs: another resource's attribute. `terraformValue` makes them. Their value,
 * for whoever reads a report, is what they are called, not what they are.
 */
export interface LateAddress extends WrittenAddress {
  /** What a core makes a Terraform expression of; this folder does not look into it. */
  readonly expression: unknown;
}
