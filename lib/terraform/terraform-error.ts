import { StackError } from "../base/errors";

/** Why Terraform did not do it, as far as a program decides by it. */
export type TerraformFailure =
  /** Another run holds the lock of the state. */
  | "locked"
  /** Another run is creating a state in the same database (pg), which locks the others out for a while. */
  | "creation-locked"
  /** Another run was writing a file in the stack's folder that the command read. */
  | "half-written"
  /** The state changed between the reading and the writing of it. */
  | "stale-state"
  /** The state changed after the plan was made. */
  | "stale-plan"
  /** The state belongs to something else. */
  | "other-lineage"
  /** What was changed could not be saved in the state: it lies in the stack's folder and must be pushed. */
  | "unsaved"
  /** The backend is not initialised, or its configuration has changed. */
  | "backend"
  /** Something of the stack itself refused: a precondition, `prevent_destroy`. */
  | "refused"
  /** An `import` block names what does not exist. */
  | "nothing-to-import"
  /** The interruption came before it started or while it ran. */
  | "interrupted"
  /** The program cannot be run. */
  | "not-run"
  /** Everything else: Terraform's own words. */
  | "failed";

/** Which command of which stack. */
export interface FailedCommand {
  readonly stackName: string;
  /** Such as `plan` or `state push`. */
  readonly command: string;
  /** Undefined where the command did not start, or where a signal ended it. */
  readonly exitCode?: number | undefined;
}

/** A command of Terraform that failed, in words for people. */
export class TerraformError extends StackError {
  override readonly name = "TerraformError";
  readonly stackName: string;
  readonly command: string;
  readonly exitCode: number | undefined;

  constructor(
    readonly failure: TerraformFailure,
    { stackName, command, exitCode }: FailedCommand,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.stackName = stackName;
    this.command = command;
    this.exitCode = exitCode;
  }
}
