import { type Command } from "commander";
import { type Wording } from "../../operations/callbacks";
import { type Examination } from "../../operations/examine";
import { deployExitCode, isDeployed } from "../../operations/outcome";
import { asPlanned } from "../../operations/plan-stack";
import { type Project } from "../../operations/project";
import { rollOut } from "../../operations/rollout";
import { renderDrifts } from "../report/audit-report";
import { applicationLines, outcomeJson, renderSummary, unreadJson } from "../report/deploy-summary";
import { renderPlan, renderRepairs } from "../report/plan-report";
import { confirmOnTerminal } from "../terminal/confirm";
import { printResult } from "../terminal/output";
import { terminalWidth } from "../terminal/table";
import { checkDuration, withStackOptions, type StackFlags } from "./flags";

/** What a command that deploys can be told. */
export interface RolloutFlags extends StackFlags {
  readonly autoApprove?: boolean;
  readonly json?: boolean;
  readonly activationTimeout: string;
  readonly propagationTimeout: string;
}

/** How long a deploy waits where it is not told. */
export const usualTimeouts = { activationTimeout: "2m", propagationTimeout: "60s" } as const;

/** Gives a command the arguments and flags of {@link RolloutFlags}. */
export function withRolloutOptions(command: Command): Command {
  return withStackOptions(command)
    .option("--auto-approve", "skip confirmation (for pipelines)")
    .option("--json", "print the result of each stack as JSON")
    .option(
      "--activation-timeout <duration>",
      "how long to wait for deployments that a cancelled or slow deploy left Pending",
      checkDuration,
      usualTimeouts.activationTimeout,
    )
    .option(
      "--propagation-timeout <duration>",
      "how long to wait for the public files to be updated",
      checkDuration,
      usualTimeouts.propagationTimeout,
    );
}

const wording: Wording = {
  drifts: renderDrifts,
  repairs: renderRepairs,
  plan: (stack, plan, messengers) => renderPlan(stack, plan, messengers.map(asPlanned)),
};

/**
 * Rolls stacks out, asking on the terminal unless told otherwise, and prints what became of them.
 *
 * @param unread stacks that are left alone; the JSON lists them too
 * @returns the exit code
 */
export async function rollOutAndReport(
  project: Project,
  found: readonly Examination[],
  { autoApprove = false, json = false, ...timeouts }: RolloutFlags,
  unread: readonly Examination[] = [],
): Promise<number> {
  const { interruption, print } = project.options;
  const confirm = autoApprove ? undefined : confirmOnTerminal(interruption);
  const { outcomes, after } = await rollOut(project, found, { ...timeouts, confirm, wording });
  if (json) {
    const results = outcomes.map((outcome) => outcomeJson(outcome, after.get(outcome.stack.name)));
    printResult([...results, ...unread.map(unreadJson)]);
  } else {
    print(`\n${renderSummary(outcomes, after, { width: terminalWidth() })}`);
    const { onlyDrift = false, environment } = project.options;
    const lines = onlyDrift ? [] : applicationLines(outcomes.filter(isDeployed), after, environment);
    if (lines.length > 0) print(`\n${lines.join("\n")}`);
  }
  return deployExitCode(outcomes, [...after.values()]);
}
