import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { TerraformError } from "./terraform-error";

/** How long to go on trying, and what ends it early. */
export interface CreationLockOptions {
  /** Milliseconds. */
  readonly patience: number;
  readonly interruption?: AbortSignal | undefined;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/** The shortest time that a creation lock is waited for, in milliseconds: between existing stacks it is held for a moment. */
const leastPatience = 10_000;

/**
 * Repeats a command of Terraform while another run creates a state in the same database. The pg backend locks the whole
 * database out for that, and `-lock-timeout` does not cover all commands that meet it. The command did nothing yet: it
 * failed at the lock.
 */
export function whileCreationLocked<T>(options: CreationLockOptions, command: () => Promise<T>): Promise<T> {
  const { patience, interruption, now = Date.now } = options;
  const end = now() + Math.max(patience, leastPatience);
  const worthWaiting = handleWhen(
    (error) => error instanceof TerraformError && error.failure === "creation-locked" && now() < end,
  );
  const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000 });
  return retry(worthWaiting, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(command, interruption);
}
