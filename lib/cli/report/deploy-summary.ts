import Table from "cli-table3";
import { colors } from "../colors";
import { type Examination } from "../stacks/examine";
import { type StackOutcome } from "../stacks/outcome";
import { indented, renderDrifts } from "./audit-report";

/** One element of what `origins deploy --json` and `origins repair --json` print: a stack. */
export interface OutcomeJson {
  readonly stack: string;
  readonly outcome: StackOutcome["outcome"];
  /** What Terraform's state was made to say before the plan. */
  readonly repairs: readonly { readonly address: string; readonly attribute: string; readonly why: string }[];
  /** The copy of the state from before a repair. */
  readonly backup?: string;
  readonly reason?: string;
  /** What Genesys serves after it; absent for a stack without a Messenger, and where nobody looked. */
  readonly messengers: readonly { readonly name: string; readonly deploymentId?: string; readonly verdict: string }[];
}

export function outcomeJson({ stack, repairs, ...rest }: StackOutcome, after: Examination | undefined): OutcomeJson {
  return {
    stack: stack.name,
    ...rest,
    repairs: repairs.map(({ edit: { address, attribute }, why }) => ({ address, attribute, why })),
    messengers: auditsOf(after).map(({ name, deploymentId, verdict }) => ({
      name,
      verdict,
      ...(deploymentId !== undefined && { deploymentId }),
    })),
  };
}

/** A table of what became of each stack, then every reason and every drift that remains. */
export function renderSummary(outcomes: readonly StackOutcome[], after: ReadonlyMap<string, Examination>): string {
  const table = new Table({
    head: ["stack", "outcome", "repaired", "what Genesys serves"],
    style: { head: [], border: [], compact: true },
  });
  const words: string[] = [];
  for (const { stack, outcome, repairs, reason } of outcomes) {
    const audits = auditsOf(after.get(stack.name));
    const verdicts = [...new Set(audits.map((audit) => verdictOf(audit)))].join(", ");
    table.push([stack.name, painted(outcome), repairs.length === 0 ? "" : String(repairs.length), verdicts]);
    if (reason !== undefined) words.push(`${colors.bold(stack.name)}: ${painted(outcome)}\n${indented(reason)}`);
    for (const { name, drifts, unchecked } of audits) {
      const lines = [...renderDrifts(drifts), ...unchecked.map((note) => colors.dim(`  not looked at: ${note}`))];
      if (lines.length > 0) words.push(`${colors.bold(name)}:\n${lines.join("\n")}`);
    }
  }
  return [table.toString(), ...words].join("\n\n");
}

function auditsOf(examination: Examination | undefined): readonly AuditOf[] {
  return examination === undefined || "problem" in examination ? [] : examination.messengers.map(({ audit }) => audit);
}

type AuditOf = Extract<Examination, { messengers: unknown }>["messengers"][number]["audit"];

/** Public files that are still old are no fault of the deploy. */
function verdictOf({ verdict, drifts }: AuditOf): string {
  if (verdict === "equal") return colors.green("equal");
  if (verdict === "unknown") return colors.red("not known");
  return drifts.every(({ mendedBy }) => mendedBy === "time") ? colors.yellow("on its way") : colors.red("drift");
}

function painted(outcome: StackOutcome["outcome"]): string {
  if (outcome === "deployed") return colors.green(outcome);
  return outcome === "unchanged" ? outcome : colors.red(outcome);
}
