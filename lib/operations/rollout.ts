import { ExponentialBackoff, handleWhenResult, retry } from "cockatiel";
import { parseDuration } from "../base/duration";
import { type SynthesizedStack } from "../terraform/stacks";
import { type Confirm, type Wording } from "./callbacks";
import { deployStacks } from "./deploy-stacks";
import { type Examination, examine, isKnown } from "./examine";
import { type StackOutcome } from "./outcome";
import { type Project } from "./project";
import { awaitActivation } from "./unfinished";

/** How long what was deployed may take to be seen. */
interface AuditUntilServedOptions {
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly interruption?: AbortSignal | undefined;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/**
 * Audits stacks that were deployed, until Genesys says everywhere what it was told: its answers and above all its public files
 * may be old for a while. What only a person can mend is not waited for.
 *
 * @param audit looks at some of the stacks
 */
export async function auditUntilServed(
  stacks: readonly SynthesizedStack[],
  audit: (open: readonly SynthesizedStack[]) => Promise<readonly Examination[]>,
  { timeLimit, interruption, now = Date.now }: AuditUntilServedOptions,
): Promise<readonly Examination[]> {
  const end = now() + timeLimit;
  const seen = new Map<string, Examination>();
  const isOpen = ({ name }: SynthesizedStack): boolean => {
    const examination = seen.get(name);
    return examination === undefined || mayFollow(examination);
  };
  const look = async (): Promise<boolean> => {
    for (const each of await audit(stacks.filter(isOpen))) seen.set(each.stack.name, each);
    return stacks.some(isOpen) && now() < end;
  };
  const again = handleWhenResult((open) => open === true);
  const backoff = new ExponentialBackoff({ initialDelay: 500, maxDelay: 5_000 });
  await retry(again, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(look, interruption);
  return stacks.flatMap(({ name }) => seen.get(name) ?? []);
}

function mayFollow(examination: Examination): boolean {
  return (
    !("problem" in examination) &&
    examination.messengers.some(({ audit }) => audit.drifts.some(({ mendedBy }) => mendedBy !== "person"))
  );
}

/** How stacks are rolled out. */
interface RolloutOptions {
  /** Asks before states are written and before plans are applied; without it no one is asked. */
  readonly confirm?: Confirm | undefined;
  /** How long to wait for deployments that a run before left `Pending`, such as `2m`. */
  readonly activationTimeout: string;
  /** How long the public files may take to follow, such as `60s`. */
  readonly propagationTimeout: string;
  readonly wording: Wording;
}

/** What became of the stacks, and what Genesys serves of them afterwards, by the stacks' names. */
interface Rollout {
  readonly outcomes: readonly StackOutcome[];
  readonly after: ReadonlyMap<string, Examination>;
}

/** Waits for what an earlier run left on its way, shows what the audit found, repairs, plans, applies, and audits again. */
export async function rollOut(
  project: Project,
  found: readonly Examination[],
  { confirm, activationTimeout, propagationTimeout, wording }: RolloutOptions,
): Promise<Rollout> {
  const { interruption, print } = project.options;
  const timeLimit = parseDuration(activationTimeout) ?? 0;
  const before = await awaitActivation(project, found, { timeout: activationTimeout, timeLimit });
  for (const each of before) {
    if ("problem" in each) continue;
    for (const { audit } of each.messengers) {
      if (audit.drifts.length > 0) print(`\n${[`${audit.name}:`, ...wording.drifts(audit.drifts)].join("\n")}`);
    }
  }
  const outcomes = await deployStacks(project, before, {
    confirm,
    wording,
    readAgain: (stacks) => examine(project, stacks),
  });
  const after = new Map(before.map((each) => [each.stack.name, each]));
  const again = interruption.aborted
    ? await afterInterruption(project, outcomes)
    : await auditAgain(project, outcomes, after, parseDuration(propagationTimeout) ?? 0);
  for (const { stack, attempted } of outcomes) if (attempted === true) after.delete(stack.name);
  for (const each of again) after.set(each.stack.name, each);
  return { outcomes, after };
}

/** How long the changes are examined after an interruption, in milliseconds: the user does not want to wait. */
const shortLook = 5_000;

/** Looks again at what the interrupted run has changed, or may have. What cannot be read in a moment is not told. */
async function afterInterruption(project: Project, outcomes: readonly StackOutcome[]): Promise<readonly Examination[]> {
  const changed = outcomes.filter(
    ({ outcome, attempted = false, repairs }) => outcome === "deployed" || attempted || repairs.length > 0,
  );
  if (changed.length === 0) return [];
  const stacks = changed.map(({ stack }) => stack);
  const looked = examine(project.until(AbortSignal.timeout(shortLook)), stacks);
  return (await looked.catch(() => [])).filter((each) => !("problem" in each));
}

/**
 * Looks again at what was deployed, at that of which the state says something else now, and at what turned out to need no deploy
 * although it looked so: another run has deployed it meanwhile.
 */
async function auditAgain(
  project: Project,
  outcomes: readonly StackOutcome[],
  before: ReadonlyMap<string, Examination>,
  timeLimit: number,
): Promise<readonly Examination[]> {
  const { interruption, print, step } = project.options;
  const stacksOf = (found: readonly StackOutcome[]): readonly SynthesizedStack[] => found.map(({ stack }) => stack);
  const deployed = stacksOf(outcomes.filter(({ outcome }) => outcome === "deployed"));
  const others = outcomes.filter(
    ({ outcome, attempted = false, repairs, stack }) =>
      outcome !== "deployed" &&
      (attempted || repairs.length > 0 || (outcome === "unchanged" && !isEqual(before.get(stack.name)))),
  );
  if (deployed.length + others.length === 0) return [];
  return step(
    "audit of what Genesys serves now",
    async () => [
      ...(await auditUntilServed(deployed, (open) => examine(project, open), { timeLimit, interruption })),
      ...(await examine(project, stacksOf(others))),
    ],
    print,
    (all) => all.every(isKnown),
  );
}

function isEqual(examination: Examination | undefined): boolean {
  return (
    examination !== undefined &&
    !("problem" in examination) &&
    examination.messengers.every(({ audit }) => audit.verdict === "equal")
  );
}
