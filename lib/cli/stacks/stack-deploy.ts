import { editState, type Plan, planRefusals } from "../../terraform";
import { configurationType } from "../../terraform/declared-messengers";
import { type ExaminedMessenger, type ExaminedStack } from "./examine";
import { failure, type StackOutcome } from "./outcome";
import { type Repair, repairsOf, unreadRepairs } from "./repairs";

/** A stack whose state says what is live, and what Terraform would do with it. */
export interface PlannedStack {
  readonly examined: ExaminedStack;
  readonly plan: Plan;
  readonly repairs: readonly Repair[];
  readonly backup?: string;
}

/**
 * Makes the state say what is live, where it does not, and plans. Genesys Cloud stays as it is. Killed anywhere in here, the
 * next run finds either the old state or the one that says what is live.
 */
export async function repairAndPlan(examined: ExaminedStack): Promise<PlannedStack | StackOutcome> {
  const { stack, terraform, state, messengers } = examined;
  let repaired: Pick<StackOutcome, "repairs" | "backup"> = { repairs: [] };
  try {
    const refused = refusalsBefore(examined);
    if (refused.length > 0) return { stack, ...repaired, outcome: "refused", reason: refused.join("\n") };
    const repairs = repairsOf(messengers);
    if (state !== undefined && repairs.length > 0) {
      const edits = repairs.map(({ edit }) => edit);
      const edited = editState(state, edits);
      const backup = await terraform.backUp(state, "before repair");
      await terraform.pushState(edited);
      repaired = { repairs, backup };
    }
    if (state === undefined) await terraform.claimState();
    const plan = await terraform.plan();
    const reasons = refusalsOf(plan, messengers);
    if (reasons.length === 0 && plan.hasChanges) return { examined, plan, ...repaired };
    await terraform.discard(plan);
    return reasons.length > 0
      ? { stack, ...repaired, outcome: "refused", reason: reasons.join("\n") }
      : { stack, ...repaired, outcome: "unchanged" };
  } catch (error) {
    return { stack, ...repaired, ...failure(error) };
  }
}

/** Does what was planned. */
export async function applyPlan({ examined, plan, ...repaired }: PlannedStack): Promise<StackOutcome> {
  const { stack, terraform } = examined;
  try {
    await terraform.apply(plan);
    return { stack, ...repaired, outcome: "deployed" };
  } catch (error) {
    return { stack, ...repaired, ...failure(error) };
  }
}

/** Throws the plan away that nobody wanted. */
export async function declinePlan({ examined, plan, ...repaired }: PlannedStack): Promise<StackOutcome> {
  await examined.terraform.discard(plan);
  return { stack: examined.stack, ...repaired, outcome: "declined" };
}

/** What no plan need be made for. */
function refusalsBefore({ messengers }: ExaminedStack): readonly string[] {
  const gone = messengers.flatMap(({ audit }) =>
    audit.drifts.filter(({ kind }) => kind === "deployment-gone").map(({ message }) => `${audit.name}: ${message}`),
  );
  if (gone.length > 0) return [...gone, "If another one is what you want: cdktf deploy"];
  const unread = unreadRepairs(messengers);
  if (unread.length === 0) return [];
  const needed =
    "To mend that, the platform API must be read: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET";
  return [...unread, needed];
}

/** Why a plan must not be applied. A configuration that was never finished, and that no deployment shows, may be replaced. */
export function refusalsOf(
  { changes }: Plan,
  messengers: readonly Pick<ExaminedMessenger, "declared" | "remembered">[],
): readonly string[] {
  const remembered = new Set(
    messengers.flatMap(({ declared, remembered }) => (remembered === undefined ? [] : declared.address)),
  );
  const shown = ({ address }: { readonly address: string }): boolean => {
    const wired = messengers.filter(({ declared }) => declared.configurationAddress === address);
    return wired.length === 0 || wired.some(({ declared }) => remembered.has(declared.address));
  };
  return planRefusals(
    changes.filter((change) => change.type !== configurationType || shown(change)),
    remembered,
  );
}
