import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { TerraformError } from "./terraform-error";

/** How long to go on trying, and what ends it early. */
export interface BusyRetryOptions {
  /** Milliseconds. */
  readonly patience: number;
  readonly interruption?: AbortSignal | undefined;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/** The shortest time that a creation lock is waited for, in milliseconds: between existing stacks it is held for a moment. */
const leastPatience = 10_000;

/** How long a file that another run in the same folder is writing may stay broken, in milliseconds. */
const halfWrittenPatience = 2_000;

/**
 * Repeats a command of Terraform that failed because another run was busy, before it did anything.
 *
 * - `creation-locked`: the pg backend locks the whole database while a run creates a state, and `-lock-timeout` does not cover every command that meets
 *   this lock.
 * - `half-written`: another run is writing a file in place: `.terraform`, where two prepare one folder at once, the description
 *   of its lock, without which Terraform does not wait for the lock, or `cdk.tf.json`, which every synthesis of the app writes. A part
 *   of that is never valid JSON, so Terraform never takes it for the program.
 */
export function retryWhileBusy<T>(options: BusyRetryOptions, command: () => Promise<T>): Promise<T> {
  const { patience, interruption, now = Date.now } = options;
  const start = now();
  const worthWaiting = handleWhen((error) => {
    const failure = error instanceof TerraformError ? error.failure : "failed";
    if (failure === "creation-locked") return now() < start + Math.max(patience, leastPatience);
    return failure === "half-written" && now() < start + halfWrittenPatience;
  });
  const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000 });
  return retry(worthWaiting, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(command, interruption);
}
