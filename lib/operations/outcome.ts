import { errorMessage } from "../base/errors";
import { TerraformError } from "../terraform/failure";
import { type SynthesizedStack } from "../terraform/stacks";
import { type Examination } from "./examine";
import { type Recreation, type Repair } from "./repairs";

/** What became of a stack. */
export interface StackOutcome {
  readonly stack: SynthesizedStack;
  /**
   * - `deployed`: the plan was applied
   * - `unchanged`: there was nothing to apply
   * - `declined`: the user declined
   * - `refused`: the plan would take a deployment away or give it another id
   * - `failed`, `interrupted`: the reason says what was being done
   * - `skipped`: a stack that it depends on was not deployed
   */
  readonly outcome: "deployed" | "unchanged" | "declined" | "refused" | "failed" | "interrupted" | "skipped";
  /** What Terraform's state was made to say before. */
  readonly repairs: readonly Repair[];
  /** The copy of the state from before the repair. */
  readonly backup?: string;
  /** The deployments that Terraform's state was made to forget, so that the plan makes them again. */
  readonly recreated?: readonly Recreation[];
  /** How many resources that were there already Terraform took over; absent for none. */
  readonly imported?: number;
  /** How many resources Terraform let go of, which stay as they are; absent for none. */
  readonly released?: number;
  /** Whether an apply was begun that did not come to its end: some of it may have been done. */
  readonly attempted?: true;
  /** Whether another run has changed the state since it was read, so that nothing was written. */
  readonly overtaken?: true;
  /** Why it was not deployed, in words. */
  readonly reason?: string;
}

/** Whether the stack is now as the program wants it, as far as Terraform knows. */
export function isDeployed({ outcome }: StackOutcome): boolean {
  return outcome === "deployed" || outcome === "unchanged";
}

/** What an error makes of a stack. */
export function failure(error: unknown): Pick<StackOutcome, "outcome" | "reason" | "overtaken"> {
  const kind = error instanceof TerraformError ? error.failure : undefined;
  return {
    outcome: kind === "interrupted" ? "interrupted" : "failed",
    ...((kind === "stale-plan" || kind === "stale-state") && { overtaken: true }),
    reason: errorMessage(error),
  };
}

/**
 * 0 where every stack is as the program wants it, 1 where one is not or that is unknown, 2 where Terraform is content and drift
 * remains. Public files that are still old do not count: they follow by themselves.
 *
 * @param audited what Genesys serves after the deploy
 */
export function deployExitCode(outcomes: readonly StackOutcome[], audited: readonly Examination[]): 0 | 1 | 2 {
  if (!outcomes.every(isDeployed) || audited.some((each) => "problem" in each)) return 1;
  const audits = audited.flatMap((each) => ("problem" in each ? [] : each.messengers.map(({ audit }) => audit)));
  if (audits.some(({ verdict }) => verdict === "unknown")) return 1;
  return audits.some(({ drifts }) => drifts.some(({ mendedBy }) => mendedBy !== "time")) ? 2 : 0;
}
