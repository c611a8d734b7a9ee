import { AllowList } from "./allow-list";
import { type EnvironmentKind } from "./environment-kind";
import { type Finding } from "./finding";
import { type WrittenAddress } from "./place";
import { type Acknowledgements } from "./rule";

/** What an allow-list is derived from. */
export interface AllowListInput {
  readonly kind: EnvironmentKind;
  /** The addresses as they were written. Order and repetition mean nothing. */
  readonly written: readonly WrittenAddress[];
  /**
   * Rules that the environment breaks on purpose, each with the reason.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
  /**
   * Admit every page of the web.
   * @default false
   */
  readonly allowAllDomains?: boolean;
}

/** The allow-list of an environment, and everything the rules have to say. */
export interface DerivedAllowList {
  /** Holds the addresses that no rule refuses. */
  readonly allowList: AllowList;
  readonly findings: readonly Finding[];
}

/** Placeholder. */
export function deriveAllowList(input: AllowListInput): DerivedAllowList {
  throw new Error(`not yet ${input.kind}`);
}
