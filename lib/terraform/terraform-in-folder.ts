import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import { parseDuration } from "../base/duration";
import { errorCode, StackError } from "../base/errors";
import { terraformEnvironment } from "./binary";
import { type CommandEnd, runCommand } from "./command";
import { failureOf, TerraformError } from "./failure";
import { localStateFile } from "./local-state";
import { type SynthesizedStack } from "./stacks";
import { keepPrintedState, unsavedState } from "./unsaved-state";

/** How long to go on trying, and what ends it early. */
interface BusyRetryOptions {
  /** Milliseconds. */
  readonly timeLimit: number;
  readonly interruption?: AbortSignal | undefined;
  /** For tests. @default the clock */
  readonly now?: () => number;
}

/** The shortest time that a creation lock is waited for, in milliseconds: between existing stacks it is held for a moment. */
const leastLockWait = 10_000;

/** How long a file that another run in the same folder is writing may stay broken, in milliseconds. */
const halfWrittenWait = 2_000;

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
  const { timeLimit, interruption, now = Date.now } = options;
  const start = now();
  const worthWaiting = handleWhen((error) => {
    const failure = error instanceof TerraformError ? error.failure : "failed";
    if (failure === "creation-locked") return now() < start + Math.max(timeLimit, leastLockWait);
    return failure === "half-written" && now() < start + halfWrittenWait;
  });
  const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2_000 });
  return retry(worthWaiting, { maxAttempts: Number.POSITIVE_INFINITY, backoff }).execute(command, interruption);
}

/** How the commands of a stack are run. */
export interface StackTerraformOptions {
  /** What `findTerraform` found. */
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * When it fires, a command that runs gets one SIGINT, so that Terraform finishes what it is doing and saves the state;
   * commands that have not started do not start.
   */
  readonly interruption?: AbortSignal;
  /**
   * How long to wait for another run to release the state, as Terraform writes it: `30s`, `5m`.
   * @default Terraform's own: not at all
   */
  readonly lockTimeout?: string;
  /** Whether plans have Terraform's colours in their text. @default false */
  readonly color?: boolean;
  /**
   * Where copies of the state go before it is edited.
   * @default `.origins/backups` in the folder that holds `cdktf.out`
   */
  readonly backups?: string;
}

/** What a command reads, and which exit codes are not failures. */
interface RunOptions {
  /** @default 0 alone */
  readonly succeeds?: readonly number[];
  /** What it reads from its standard input. */
  readonly input?: string;
}

/** Single commands of Terraform in the folder of one stack. */
export class TerraformInFolder {
  /** What Terraform sees. */
  readonly environment: NodeJS.ProcessEnv;
  /** The flag of the commands that take the lock; none where Terraform's own default is to hold. */
  readonly lockTimeout: readonly string[];
  /** How long another run's lock is waited for, in milliseconds. */
  readonly timeLimit: number;

  /** @throws StackError for an invalid lock timeout */
  constructor(
    private readonly stack: SynthesizedStack,
    private readonly options: StackTerraformOptions,
  ) {
    const { environment, lockTimeout } = options;
    this.environment = { ...terraformEnvironment(environment), TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
    const timeLimit = parseDuration(lockTimeout ?? "0s");
    if (timeLimit === undefined) {
      throw new StackError(
        `Invalid --lock-timeout "${lockTimeout ?? ""}": expected a duration such as 30s, 5m or 1h30m.`,
      );
    }
    this.timeLimit = timeLimit;
    this.lockTimeout = lockTimeout === undefined ? [] : [`-lock-timeout=${lockTimeout}`];
  }

  /** @throws TerraformError where the command ends otherwise than it should */
  run(parameters: readonly string[], { succeeds = [0], ...io }: RunOptions = {}): Promise<CommandEnd> {
    const { stack, environment } = this;
    const { command: program, interruption } = this.options;
    const command = parameters.slice(0, parameters[0] === "state" ? 2 : 1).join(" ");
    return retryWhileBusy({ timeLimit: this.timeLimit, interruption }, async () => {
      const how = { folder: stack.folder, environment, interruption, ...io };
      const end = await runCommand(program, parameters, how).catch((error: unknown) => {
        const reason = errorCode(error) ?? String(error);
        const message = `"${program}" cannot be run in "${stack.folder}" (${reason}).`;
        throw new TerraformError("not-run", { stackName: stack.name, command }, message, { cause: error });
      });
      if (end.code !== undefined && succeeds.includes(end.code)) return end;
      if (command === "apply") keepPrintedState(stack.folder, `${end.errors}\n${end.output}`);
      const leftState = command === "apply" ? unsavedState(stack.folder) : undefined;
      const stateFile = stack.backend.type === "local" ? await localStateFile(stack, environment) : undefined;
      throw failureOf({ stack, program, command, leftState, stateFile }, end);
    });
  }
}
