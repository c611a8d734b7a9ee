import { parseDuration, type SynthesizedStack } from "../../terraform";
import { confirmOnTerminal } from "../confirm";
import { renderDrifts } from "../report/audit-report";
import { outcomeJson, renderSummary } from "../report/deploy-summary";
import { step } from "../step";
import { deployStacks } from "./deploy-stacks";
import { examine, type Examination } from "./examine";
import { type StackFlags } from "./flags";
import { deployExitCode, type StackOutcome } from "./outcome";
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
  if (!interruption.aborted) {
    const audited = await auditAgain(project, outcomes, after, parseDuration(propagationTimeout) ?? 0);
    for (const each of audited) after.set(each.stack.name, each);
  }
  if (json) {
    const results = outcomes.map((outcome) => outcomeJson(outcome, after.get(outcome.stack.name)));
    console.log(JSON.stringify(results, undefined, 2));
  } else print(`\n${renderSummary(outcomes, after)}`);
  return deployExitCode(outcomes, [...after.values()]);
}

/**
 * Looks again at what was deployed, at that of which the state says something else now, and at what turned out to need no deploy
 * although it looked so: another run has deployed it meanwhile.
 */
async function auditAgain(
  project: Project,
  outcomes: readonly StackOutcome[],
  before: ReadonlyMap<string, Examination>,
  patience: number,
): Promise<readonly Examination[]> {
  const stacksOf = (found: readonly StackOutcome[]): readonly SynthesizedStack[] => found.map(({ stack }) => stack);
  const deployed = stacksOf(outcomes.filter(({ outcome }) => outcome === "deployed"));
  const others = outcomes.filter(
    ({ outcome, repairs, stack }) =>
      outcome !== "deployed" && (repairs.length > 0 || (outcome === "unchanged" && !isEqual(before.get(stack.name)))),
  );
  if (deployed.length + others.length === 0) return [];
  return step(
    "audit of what Genesys serves now",
    async () => [...(await settle(project, deployed, { patience })), ...(await examine(project, stacksOf(others)))],
    project.options.print,
  );
}

function isEqual(examination: Examination | undefined): boolean {
  return (
    examination !== undefined &&
    !("problem" in examination) &&
    examination.messengers.every(({ audit }) => audit.verdict === "equal")
  );
}
