import { type CommandEnd, runCommand } from "./command";
import { retryWhileBusy } from "./retry-while-busy";
import { parseDuration } from "./duration";
import { terraformEnvironment } from "./environment";
import { failureOf } from "./failure";
import { localStateFile } from "./local-state";
import { errorCode, StackError } from "../base/errors";
import { type SynthesizedStack } from "./stacks";
import { TerraformError } from "./terraform-error";
import { keepPrintedState, unsavedState } from "./unsaved-state";

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

/** What a command reads, and which ends of it are no failure. */
export interface RunOptions {
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
  readonly patience: number;

  /** @throws StackError for an invalid lock timeout */
  constructor(
    private readonly stack: SynthesizedStack,
    private readonly options: StackTerraformOptions,
  ) {
    const { environment, lockTimeout } = options;
    this.environment = { ...terraformEnvironment(environment), TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
    const patience = parseDuration(lockTimeout ?? "0s");
    if (patience === undefined) {
      throw new StackError(
        `Invalid --lock-timeout "${lockTimeout ?? ""}": expected a duration such as 30s, 5m or 1h30m.`,
      );
    }
    this.patience = patience;
    this.lockTimeout = lockTimeout === undefined ? [] : [`-lock-timeout=${lockTimeout}`];
  }

  /** @throws TerraformError where the command ends otherwise than it should */
  run(parameters: readonly string[], { succeeds = [0], ...io }: RunOptions = {}): Promise<CommandEnd> {
    const { stack, environment } = this;
    const { command: program, interruption } = this.options;
    const command = parameters.slice(0, parameters[0] === "state" ? 2 : 1).join(" ");
    return retryWhileBusy({ patience: this.patience, interruption }, async () => {
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
