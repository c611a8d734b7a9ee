import { type Plan, type ResourceChange } from "../../terraform";
import { printable } from "../../base/printable";
import { colors } from "../colors";
import { type ExaminedMessenger } from "../stacks/examine";
import { type Repair } from "../stacks/repairs";

/** What a plan is laid beside: who declares which list. */
export type PlannedMessenger = Pick<ExaminedMessenger, "declared" | "derived">;

/** A plan as Terraform prints it, and what it means for visitors. */
export function renderPlan(name: string, plan: Plan, messengers: readonly PlannedMessenger[]): string {
  if (!plan.hasChanges) return `${colors.bold(name)}: no changes`;
  const words = visitorsWords(plan.changes, messengers);
  return [
    colors.bold(colors.cyan(`▸ ${name}`)),
    "",
    plan.text,
    ...(words.length === 0 ? [] : ["", "What visitors meet until this is applied:"]),
    ...words.map((message) => `  • ${printable(message)}`),
  ].join("\n");
}

/** How the list that the plan found differs from the one that it makes, in words about visitors. */
export function visitorsWords(
  changes: readonly ResourceChange[],
  messengers: readonly PlannedMessenger[],
): readonly string[] {
  return messengers.flatMap(({ declared, derived }) => {
    const change = changes.find(({ address }) => address === declared.address);
    if (derived === undefined || change === undefined) return [];
    if (change.action === "create") return [`no Messenger anywhere: "${declared.name}" has no deployment yet`];
    if (change.action !== "update" || change.before === undefined) return [];
    const { allow_all_domains: all, allowed_domains: domains } = change.before;
    const live = { allowAllDomains: all === true, allowedDomains: Array.isArray(domains) ? domains.map(String) : [] };
    return derived.diff(live).differences.map(({ message }) => message);
  });
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
