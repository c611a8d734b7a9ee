import { configurationType, type DeclaredMessenger, deploymentType } from "../terraform/declared-messengers";
import { plannedAddressRefusals, planRefusals, type ResourceChange } from "../terraform/plan";
import { type Plan } from "../terraform/stack-terraform";
import { type State } from "../terraform/state";
import { editState } from "../terraform/state-edit";
import { changesBeyondDrift } from "../terraform/undone-drift";
import { unfinishedWords } from "./audit-subject";
import { type ExaminedMessenger, type ExaminedStack } from "./examine";
import { failure, type StackOutcome } from "./outcome";
import {
  goneRefusals,
  type Recreation,
  recreationsOf,
  type Repair,
  repairsOf,
  unreadRepairs,
  withoutRefresh,
} from "./repairs";
import { isUnfinished, unfinishedRefusals } from "./unfinished";

/** A stack whose state says what is live, and what Terraform would do with it. */
export interface PlannedStack {
  readonly examined: ExaminedStack;
  readonly plan: Plan;
  readonly repairs: readonly Repair[];
  readonly backup?: string;
  readonly recreated?: readonly Recreation[];
}

/** How a stack is deployed. */
export interface StackDeployOptions {
  /** Whether deployments that were deleted by hand are recreated. */
  readonly recreate: boolean;
  /** Whether a deployment is made although one that looks like it exists and is in no state. */
  readonly makeNew: boolean;
  /** Whether a plan that does more than undo drift is refused. */
  readonly onlyDrift: boolean;
  /** Whether a plan may destroy resources without confirmation. */
  readonly mayDestroy: boolean;
}

/** What the state was made to say, or why it was left as it is. */
type CorrectedState =
  { readonly repairs: readonly Repair[]; readonly backup?: string } | { readonly refused: readonly string[] };

/**
 * Makes the state say what is live, where it does not: one push under the lock, with a copy of the state from before. A stack
 * without a state gets one where the lock needs it.
 */
export async function correctState(
  examined: ExaminedStack,
  options: Pick<StackDeployOptions, "recreate">,
): Promise<CorrectedState> {
  const { terraform, state } = examined;
  const refused = refusalsBefore(examined, options);
  if (refused.length > 0) return { refused };
  if (state === undefined) {
    await terraform.claimState();
    return { repairs: [] };
  }
  const repairs = repairsOf(examined, options);
  if (repairs.length === 0) return { repairs };
  const edited = editState(
    state,
    repairs.flatMap(({ edit }) => edit ?? []),
  );
  const backup = await terraform.backUp(state, "before repair");
  await terraform.pushState(edited);
  return { repairs, backup };
}

/**
 * Makes the state say what is live, where it does not, and plans. Genesys Cloud stays as it is. Killed anywhere in here, the
 * next run finds either the old state or the one that says what is live.
 */
export async function repairAndPlan(
  examined: ExaminedStack,
  options: StackDeployOptions,
): Promise<PlannedStack | StackOutcome> {
  const { stack, terraform, state, messengers } = examined;
  const recreated = options.recreate ? recreationsOf(messengers) : [];
  let repaired: Pick<StackOutcome, "repairs" | "backup" | "recreated"> = { repairs: [] };
  try {
    const corrected = await correctState(examined, options);
    if ("refused" in corrected) {
      return { stack, ...repaired, outcome: "refused", reason: corrected.refused.join("\n") };
    }
    const { repairs, backup } = corrected;
    if (backup !== undefined) repaired = { repairs, backup, ...(recreated.length > 0 && { recreated }) };
    const plan = await terraform.plan({ refresh: !withoutRefresh(repairs) });
    const wanted = new Set(recreated.map(({ address }) => address));
    const reasons = [
      ...refusalsOf(plan, messengers, wanted),
      ...(options.makeNew ? [] : copyRefusals(plan, messengers)),
      ...(options.onlyDrift ? beyondDriftRefusals(plan, state) : []),
      ...(options.mayDestroy ? [] : destructionRefusals(plan)),
    ];
    if (reasons.length === 0 && plan.hasChanges) return { examined, plan, ...repaired };
    if (reasons.length === 0 && (repairs.length > 0 || isBehind(messengers))) await terraform.apply(plan);
    else await terraform.discard(plan);
    return reasons.length > 0
      ? { stack, ...repaired, outcome: "refused", reason: reasons.join("\n") }
      : { stack, ...repaired, outcome: "unchanged" };
  } catch (error) {
    return { stack, ...repaired, ...failure(error) };
  }
}

/**
 * Whether the state has not followed what is live, as after a run that was killed before it could save: applying an empty plan
 * changes nothing but the state. So it is after a repair as well, because the rest of the state may be as old as what was
 * repaired: OpenTofu saves the state every 20 s during an apply, where Terraform saves it after each resource.
 */
function isBehind(messengers: readonly ExaminedMessenger[]): boolean {
  return messengers.some(({ audit }) => audit.drifts.some(({ mendedBy }) => mendedBy === "deploy"));
}

/** Does what was planned. */
export async function applyPlan({ examined, plan, ...repaired }: PlannedStack): Promise<StackOutcome> {
  const { stack, terraform } = examined;
  try {
    await terraform.apply(plan);
    return { stack, ...repaired, ...takenOver(plan), outcome: "deployed" };
  } catch (error) {
    const failed = failure(error);
    return { stack, ...repaired, ...failed, ...(failed.overtaken !== true && { attempted: true }) };
  }
}

/** What changed hands by a plan, and is otherwise as it was. */
function takenOver({ changes }: Plan): Pick<StackOutcome, "imported" | "released"> {
  const imported = changes.filter(({ importId }) => importId !== undefined).length;
  const released = changes.filter(({ action }) => action === "forget").length;
  return { ...(imported > 0 && { imported }), ...(released > 0 && { released }) };
}

/** Discards a plan that was declined. */
export async function declinePlan({ examined, plan, ...repaired }: PlannedStack): Promise<StackOutcome> {
  await examined.terraform.discard(plan);
  const reason = "Terraform's state now matches what is live, so any later plan shows the drift.";
  return {
    stack: examined.stack,
    ...repaired,
    outcome: "declined",
    ...(repaired.repairs.length > 0 && { reason }),
  };
}

/** What no plan need be made for. */
function refusalsBefore(
  { stack, messengers }: ExaminedStack,
  { recreate }: Pick<StackDeployOptions, "recreate">,
): readonly string[] {
  const gone = goneRefusals(stack.name, messengers, recreate);
  if (gone.length > 0) return gone;
  const unfinished = unfinishedRefusals(messengers);
  if (unfinished.length > 0) return unfinished;
  const missing = messengers.flatMap(({ audit }) => audit.drifts.filter(({ kind }) => kind === "not-adoptable"));
  if (missing.length > 0) return missing.map(({ message }) => message);
  const unread = unreadRepairs(messengers);
  if (unread.length === 0) return [];
  const needed =
    "Repairing this requires access to the platform API: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET";
  return [...unread, needed];
}

/**
 * Why a plan must not make what is there already. The plan decides: it was made under the lock, when no other run was in the
 * middle of making it.
 */
export function copyRefusals({ changes }: Plan, messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers
    .filter(({ declared: { address } }) => changes.some((each) => each.address === address && each.action === "create"))
    .flatMap(({ audit }) => audit.drifts)
    .filter(({ kind }) => kind === "unclaimed-deployment")
    .map(({ message }) => message);
}

/** Why a repair leaves a plan to a deploy: it shows everything that the program wants, and this one was asked for less. */
function beyondDriftRefusals({ changes }: Plan, state: State | undefined): readonly string[] {
  const beyond = changesBeyondDrift(changes, state);
  if (beyond.length === 0) return [];
  return [["the plan does more than undo drift. Run origins deploy to apply all of it:", ...beyond].join("\n  • ")];
}

/** Why a plan is not applied without confirmation. What becomes of deployments and configurations is judged by itself. */
function destructionRefusals({ changes }: Plan): readonly string[] {
  const destroyed = changes.filter(
    ({ type, action }) =>
      (action === "delete" || action === "replace") && type !== deploymentType && type !== configurationType,
  );
  if (destroyed.length === 0) return [];
  const words = destroyed.map(({ address, action }) => `${action} ${address}`);
  const remedy =
    "the plan destroys resources. Allow it with --allow-destroy, or run without --auto-approve and confirm the plan:";
  return [[remedy, ...words].join("\n  • ")];
}

function isReplaced({ address, action }: ResourceChange, declared: DeclaredMessenger): boolean {
  return action === "replace" && address === declared.address;
}

/** Why a plan must not be applied. A configuration that was never finished, and that no deployment shows, may be replaced. */
export function refusalsOf(
  { changes }: Plan,
  messengers: readonly Pick<ExaminedMessenger, "declared" | "remembered">[],
  /** The addresses of deployments to recreate. */
  recreated: ReadonlySet<string> = new Set(),
): readonly string[] {
  const remembered = new Set(
    messengers.flatMap(({ declared: { address }, remembered }) =>
      remembered === undefined || recreated.has(address) ? [] : address,
    ),
  );
  // Whatever is not the configuration of a Messenger counts as shown.
  const shown = ({ address }: { readonly address: string }): boolean => {
    const wired = messengers.filter(({ declared }) => declared.configurationAddress === address);
    return wired.length === 0 || wired.some(({ declared }) => remembered.has(declared.address));
  };
  const unfinished = messengers.filter(
    (messenger) => isUnfinished(messenger) && changes.some((change) => isReplaced(change, messenger.declared)),
  );
  return [
    ...unfinished.map(unfinishedWords),
    ...planRefusals(
      changes.filter((change) => shown(change) && !unfinished.some(({ declared }) => isReplaced(change, declared))),
      remembered,
    ),
    ...plannedAddressRefusals(
      changes,
      messengers.map(({ declared }) => declared),
    ),
  ];
}
