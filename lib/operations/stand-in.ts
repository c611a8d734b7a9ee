import { realpathSync } from "node:fs";
import { join } from "node:path";
import { type DriftKind } from "../audit/drift";
import { errorMessage } from "../base/errors";
import { TerraformError } from "../terraform/failure";
import { readStacks, type SynthesizedStack } from "../terraform/stacks";
import { foreignStateRefusals, holdersOf, mostRounds } from "./deploy-stacks";
import { examine, type ExaminedMessenger, type ExaminedStack } from "./examine";
import { failure } from "./outcome";
import { missingCredentials, type Project } from "./project";
import { type Repair, repairsOf, withoutRefresh } from "./repairs";
import { copyRefusals, correctState } from "./stack-deploy";
import { awaitActivation } from "./unfinished";

/** What is done for a command that is Terraform's own, before it runs. */
export type Preparation = PreparationOutcome & {
  /** Drift that stays: an apply does not undo it, a person or time does. */
  readonly left?: readonly string[];
};

type PreparationOutcome =
  /** Nothing: the stack has no Messenger, or its state says what is live. */
  | { readonly outcome: "nothing" }
  /** What is live is not known, and why: the command runs as it would without this. */
  | { readonly outcome: "unknown"; readonly reason: string }
  /** The state differs from what is live in these, and the command's plan does not show it. */
  | { readonly outcome: "blind"; readonly repairs: readonly Repair[] }
  /** The state now says what is live. */
  | {
      readonly outcome: "corrected";
      readonly repairs: readonly Repair[];
      readonly backup: string;
      /** Whether the command must take the state as it is. */
      readonly withoutRefresh: boolean;
    }
  /** The command must not run. */
  | { readonly outcome: "refused"; readonly reasons: readonly string[] };

/** The stack that was synthesised into a folder; undefined where it is a folder of another kind. */
export function stackIn(
  folder: string,
): { readonly stacks: readonly SynthesizedStack[]; readonly own: SynthesizedStack } | undefined {
  try {
    const stacks = readStacks(join(folder, "..", ".."));
    const here = realpathSync(folder);
    const own = stacks.find((stack) => realpathSync(stack.folder) === here);
    return own && { stacks, own };
  } catch {
    return undefined; // no synthesis of a core, or one in Terraform's own language
  }
}

/**
 * Prepares a command of Terraform in the folder of one stack.
 *
 * @param writes whether the command is about to change Genesys Cloud, or to save the plan for that: then the state is corrected.
 *   Otherwise nothing is written
 */
export async function prepareStack(
  project: Project,
  stack: SynthesizedStack,
  { writes }: { readonly writes: boolean },
): Promise<Preparation> {
  const stacks = [stack].filter(({ messengers }) => messengers.length > 0);
  const missing = missingCredentials(stacks, project.options.environment);
  if (missing !== undefined) return { outcome: "unknown", reason: missing };
  for (let round = 1; ; round++) {
    const read = await examine(project, stacks);
    const [examined] = writes ? await awaitActivation(project, read, patience) : read;
    if (examined === undefined) return { outcome: "nothing" };
    if ("problem" in examined) return { outcome: "unknown", reason: errorMessage(examined.problem) };
    try {
      const prepared = writes ? await corrected(examined, project) : noticed(examined);
      if (prepared !== "overtaken") return { ...prepared, left: leftAlone(examined.messengers) };
      if (round === mostRounds) return { outcome: "unknown", reason: "other runs kept changing the state" };
    } catch (error) {
      if (failure(error).overtaken !== true || round === mostRounds) throw error;
    }
  }
}

/** How long a deployment is waited for whose creation was cut short: the default of `origins deploy`. */
const patience = { timeout: "2m", timeLimit: 120_000 };

function noticed(examined: ExaminedStack): PreparationOutcome {
  const repairs = repairsOf(examined, { recreate: false });
  return repairs.length > 0 ? { outcome: "blind", repairs } : unrepaired(examined.messengers);
}

/** @returns `overtaken` where another run has changed the state since it was read */
async function corrected(examined: ExaminedStack, { stacks }: Project): Promise<PreparationOutcome | "overtaken"> {
  const foreign = foreignStateRefusals(examined, holdersOf([examined]), stacks);
  if (foreign.length > 0) return { outcome: "refused", reasons: foreign };
  if (copiesOf(examined.messengers).length > 0) {
    const copies = await copiesUnderLock(examined);
    return copies.length > 0 ? { outcome: "refused", reasons: copies } : "overtaken";
  }
  const result = await correctState(examined, { recreate: false });
  if ("refused" in result) return { outcome: "refused", reasons: result.refused };
  const { repairs, backup } = result;
  return backup === undefined
    ? unrepaired(examined.messengers)
    : { outcome: "corrected", repairs, backup, withoutRefresh: withoutRefresh(repairs) };
}

/** Where the state needs no correction, as far as the platform API could be read. */
function unrepaired(messengers: readonly ExaminedMessenger[]): Preparation {
  const reasons = new Set(messagesOf("unreachable", messengers));
  return reasons.size > 0 ? { outcome: "unknown", reason: [...reasons].join("; ") } : { outcome: "nothing" };
}

/** What neither a correction of the state nor an apply mends. */
function leftAlone(messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.flatMap(({ audit }) =>
    audit.drifts.flatMap(({ kind, mendedBy, message }) =>
      (mendedBy === "person" || mendedBy === "time") && kind !== "unreachable" && kind !== "public-files-unread"
        ? message
        : [],
    ),
  );
}

/**
 * Whether what exists is in no state when no other run has the lock: one that was making it when the state was read has saved it then.
 *
 * @throws TerraformError where the lock is held for longer than it is waited for
 */
async function copiesUnderLock({ terraform, messengers }: ExaminedStack): Promise<readonly string[]> {
  try {
    const plan = await terraform.plan({ refresh: false });
    await terraform.discard(plan);
    return copyRefusals(plan, messengers);
  } catch (error) {
    if (error instanceof TerraformError && error.failure !== "failed") throw error;
    return copiesOf(messengers); // such as for a plan that needs the variables of the command line
  }
}

/** Deployments that exist and that no state has: an apply would create second ones. */
function copiesOf(messengers: readonly ExaminedMessenger[]): readonly string[] {
  const made = messengers.filter(({ remembered }) => remembered === undefined);
  return messagesOf("unclaimed-deployment", made);
}

function messagesOf(which: DriftKind, messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.flatMap(({ audit }) =>
    audit.drifts.filter(({ kind }) => kind === which).map(({ message }) => message),
  );
}
