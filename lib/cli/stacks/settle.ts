import { ExponentialBackoff, handleWhenResult, retry } from "cockatiel";
import { type SynthesizedStack } from "../../terraform";
import { type Examination } from "./examine";

/** How long what was deployed may take to be seen. */
export interface SettlingOptions {
  /** Milliseconds. */
  readonly patience: number;
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
export async function settle(
  stacks: readonly SynthesizedStack[],
  audit: (open: readonly SynthesizedStack[]) => Promise<readonly Examination[]>,
  { patience, interruption, now = Date.now }: SettlingOptions,
): Promise<readonly Examination[]> {
  const end = now() + patience;
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
