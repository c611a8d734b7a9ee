import { type Host } from "./host";

/** One way in which what Genesys serves differs from the allow-list. */
export interface Difference {
  /**
   * - `missing`: a host of the list has no entry of its own in what Genesys serves
   * - `unexpected`: an entry that the list does not have
   * - `malformed`: an entry that can never match a page (a scheme, a port, `*.`, …)
   * - `spelling`, `repeated`, `order`: no visitor notices, but Terraform reports a change
   * - `everything-allowed`: Genesys admits every page of the web
   * - `everything-blocked`: Genesys serves an empty list, which blocks every page
   * - `restricted`: everything should be allowed, and Genesys serves a list
   */
  readonly kind:
    | "missing"
    | "unexpected"
    | "malformed"
    | "spelling"
    | "repeated"
    | "order"
    | "everything-allowed"
    | "everything-blocked"
    | "restricted";
  /** The host or live entry that it is about; absent where it is about the list as a whole. */
  readonly entry?: string;
  /** What it is and what it means for a visitor, in one sentence without a final full stop. */
  readonly message: string;
}

/** The comparison of an allow-list with what Genesys serves. */
export interface AllowListDifference {
  /** Whether Genesys serves exactly the list: the same entries in the same order. */
  readonly equal: boolean;
  /** Hosts of the list that Genesys serves no entry for. Another live entry may still admit them: see `blocked`. */
  readonly missing: readonly Host[];
  /** Live entries that the list does not have, as Genesys spells them, malformed ones included. */
  readonly unexpected: readonly string[];
  /** Hosts of the list whose pages Genesys blocks. */
  readonly blocked: readonly Host[];
  /** Every difference in words, the worst for visitors first. Empty when equal. */
  readonly differences: readonly Difference[];
}
