import { parseDuration } from "../../terraform";
import { confirmOnTerminal } from "../confirm";
import { renderDrifts } from "../report/audit-report";
import { outcomeJson, renderSummary } from "../report/deploy-summary";
import { step } from "../step";
import { deployStacks } from "./deploy-stacks";
import { type Examination } from "./examine";
import { type StackFlags } from "./flags";
import { deployExitCode } from "./outcome";
import { type Project } from "./project";
import { settle } from "./settle";

/** What a command that deploys can be told. */
export interface RolloutFlags extends StackFlags {
  readonly autoApprove?: boolean;
  readonly json?: boolean;
  readonly propagationTimeout: string;
}

/**
 * Shows what the audit found, repairs, plans, applies, audits again, and tells what became of it.
 *
 * @returns the exit code
 */
export async function rollOut(
  project: Project,
  before: readonly Examination[],
  { autoApprove = false, json = false, propagationTimeout }: RolloutFlags,
): Promise<number> {
  const { interruption, print } = project.options;
  for (const each of before) {
    if ("problem" in each) continue;
    for (const { audit } of each.messengers) {
      if (audit.drifts.length > 0) print(`\n${[`${audit.name}:`, ...renderDrifts(audit.drifts)].join("\n")}`);
    }
  }
  const outcomes = await deployStacks(project, before, autoApprove ? undefined : confirmOnTerminal(interruption));
  const after = new Map(before.map((each) => [each.stack.name, each]));
  const deployed = outcomes.flatMap(({ outcome, stack }) => (outcome === "deployed" ? stack : []));
  if (deployed.length > 0 && !interruption.aborted) {
    const patience = parseDuration(propagationTimeout) ?? 0;
    const audited = await step("audit of what was deployed", () => settle(project, deployed, { patience }), print);
    for (const each of audited) after.set(each.stack.name, each);
  }
  if (json) {
    const results = outcomes.map((outcome) => outcomeJson(outcome, after.get(outcome.stack.name)));
    console.log(JSON.stringify(results, undefined, 2));
  } else print(`\n${renderSummary(outcomes, after)}`);
  return deployExitCode(outcomes, [...after.values()]);
}
