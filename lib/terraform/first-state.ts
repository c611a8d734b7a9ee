import { randomUUID } from "node:crypto";
import { ConstantBackoff, handleWhenResult, retry } from "cockatiel";
import { type SynthesizedStack } from "./stacks";
import { TerraformError, type TerraformFailure } from "./failure";
import { type TerraformInFolder } from "./terraform-in-folder";

/** Another run was faster: the state is there now. */
const there: readonly TerraformFailure[] = ["other-lineage", "stale-state"];

/** How a first state is saved. */
interface FirstStateOptions {
  /** Whether a state can be read. */
  readonly isThere: () => Promise<boolean>;
  /** How long another run is waited for that holds the lock, in milliseconds. */
  readonly timeLimit: number;
  readonly interruption?: AbortSignal | undefined;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/** The pause between two attempts, in milliseconds. */
const pause = 100;

/** How often a state is saved that cannot be read again. After that it is the plan's turn, which reads what Terraform itself sees. */
const mostSaved = 10;

/**
 * Saves a state with nothing but the stack's output `environment` in it: Terraform does not save an empty one. The first
 * apply writes the same output, or takes it away where the stack has none.
 *
 * It is saved when it can be read again. The lock of a local state is its file, which Terraform removes at the end of a plan as long
 * as it is empty, also if another run has opened it meanwhile: what that one writes is lost without an error.
 *
 * It goes without the flag to wait for the lock: Terraform would look for it after 1, 2, 4, 8 and 16 seconds, and where many
 * stacks are created at once others come in between each time.
 *
 * @throws TerraformError where it cannot be saved, such as where the lock is still held after the time limit
 */
export async function saveFirstState(
  terraform: Pick<TerraformInFolder, "run">,
  { name, environment = name }: Pick<SynthesizedStack, "name" | "environment">,
  { isThere, timeLimit, interruption, now = Date.now }: FirstStateOptions,
): Promise<void> {
  const outputs = { environment: { value: environment, type: "string" } };
  const input = JSON.stringify({ version: 4, serial: 1, lineage: randomUUID(), outputs, resources: [] });
  const end = now() + timeLimit;
  let saved = 0;
  /** Whether it is to be tried again. */
  const attempt = async (): Promise<boolean> => {
    if (await isThere()) return false;
    try {
      await terraform.run(["state", "push", "-"], { input });
      saved += 1;
    } catch (error) {
      const failure = error instanceof TerraformError ? error.failure : undefined;
      if (failure === "locked" && now() < end) return true;
      if (failure === undefined || !there.includes(failure)) throw error;
    }
    return saved < mostSaved && now() < end && !(await isThere());
  };
  const again = handleWhenResult((isOpen) => isOpen === true);
  const backoff = new ConstantBackoff(pause);
  await retry(again, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(attempt, interruption);
}
