import { compareStatus } from "../../audit/drift";
import { type AllowList } from "../../origins/allow-list";
import { type Plan } from "../../terraform/stack-terraform";
import { type ResourceChange } from "../../terraform/plan";
import { printable } from "../../base/printable";
import { colors } from "../terminal/output";
import { type PlannedMessenger } from "../../operations/plan-stack";
import { type Repair } from "../../operations/repairs";

/** A sentence about visitors, and who said what it is about. */
export interface VisitorsWords {
  readonly source: "Terraform's state" | "the platform API" | "the public files" | "unknown";
  readonly message: string;
}

/** A plan as Terraform prints it, and what it means for visitors. */
export function renderPlan(name: string, plan: Plan, messengers: readonly PlannedMessenger[]): string {
  if (!plan.hasChanges) return `${colors.bold(name)}: no changes`;
  const words = visitorsWords(plan.changes, messengers);
  const sources = [...new Set(words.map(({ source }) => source))];
  return [
    colors.bold(colors.cyan(`▸ ${name}`)),
    "",
    plan.text,
    ...sources.flatMap((source) => [
      "",
      `What visitors experience until this is applied${source === "unknown" ? " is not known" : ` (read from ${source})`}:`,
      ...words.filter((each) => each.source === source).map(({ message }) => `  • ${printable(message)}`),
    ]),
  ].join("\n");
}

/** How what is live differs from what the plan makes, in words about visitors. Terraform's memory may be older. */
export function visitorsWords(
  changes: readonly ResourceChange[],
  messengers: readonly PlannedMessenger[],
): readonly VisitorsWords[] {
  return messengers.flatMap((messenger): readonly VisitorsWords[] => {
    const { declared, derived } = messenger;
    const change = changes.find(({ address }) => address === declared.address);
    if (derived === undefined || change === undefined) return [];
    if (change.action === "create") {
      const message = `no Messenger anywhere: "${declared.name}" has no deployment yet`;
      return [{ source: "Terraform's state", message }];
    }
    return change.action === "update" ? liveWords(messenger, derived) : [];
  });
}

function liveWords({ declared, live }: PlannedMessenger, derived: AllowList): readonly VisitorsWords[] {
  if (live.outcome === "unknown") return [{ source: "unknown", message: live.reason }];
  const { source } = live;
  if (live.outcome === "gone") {
    return [{ source, message: `no Messenger anywhere: the deployment of "${declared.name}" does not exist` }];
  }
  const { policy, status } = live;
  const states = status === undefined ? [] : compareStatus(status, declared.status);
  const lists = derived.diff(policy).differences;
  return [...states, ...lists].map(({ message }) => ({ source, message }));
}

/** What a repair writes into the state of a stack, a line each. */
export function renderRepairs(name: string, repairs: readonly Repair[]): readonly string[] {
  return repairs.map(({ edit, why }) => {
    if (edit === undefined) return printable(`  • ${name}: ${why}`);
    const { address, attribute, value } = edit;
    const reason = attribute === "existence" ? why : reasons[attribute];
    return printable(`  • ${name}: ${address}: ${attribute} = ${JSON.stringify(value)} (${reason})`);
  });
}

const reasons = {
  allowed_domains: "the live list is empty",
  version: "the newest one that was published",
  tainted: "its creation was cut short, but it exists",
  description: "so that the next apply publishes it, which was cut short",
} as const;
