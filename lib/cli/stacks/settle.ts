import { ExponentialBackoff, handleWhenResult, retry } from "cockatiel";
import { type SynthesizedStack } from "../../terraform";
import { examine, type Examination } from "./examine";
import { type Project } from "./project";

/** How long what was deployed may take to be seen. */
export interface SettlingOptions {
  /** Milliseconds. */
  readonly patience: number;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/**
 * Audits stacks that were deployed, until Genesys says everywhere what it was told: its answers and above all its public files
 * may be old for a while. What only a person can mend is not waited for.
 */
export async function settle(
  project: Project,
  stacks: readonly SynthesizedStack[],
  { patience, now = Date.now }: SettlingOptions,
): Promise<readonly Examination[]> {
  const end = now() + patience;
  const seen = new Map<string, Examination>();
  const isOpen = ({ name }: SynthesizedStack): boolean => {
    const examination = seen.get(name);
    return examination === undefined || mayFollow(examination);
  };
  const look = async (): Promise<boolean> => {
    for (const each of await examine(project, stacks.filter(isOpen))) seen.set(each.stack.name, each);
    return stacks.some(isOpen) && now() < end;
  };
  const again = handleWhenResult((open) => open === true);
  const backoff = new ExponentialBackoff({ initialDelay: 500, maxDelay: 5_000 });
  const { interruption } = project.options;
  await retry(again, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(look, interruption);
  return stacks.flatMap(({ name }) => seen.get(name) ?? []);
}

function mayFollow(examination: Examination): boolean {
  return (
    !("problem" in examination) &&
    examination.messengers.some(({ audit }) => audit.drifts.some(({ mendedBy }) => mendedBy !== "person"))
  );
}
