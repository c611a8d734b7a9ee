import { StackError } from "./stack-error";

/** Why Terraform did not do it, as far as a program decides by it. */
export type TerraformFailure =
  /** Another run holds the lock of the state. */
  | "locked"
  /** The state changed between the reading and the writing of it. */
  | "stale-state"
  /** The state changed after the plan was made. */
  | "stale-plan"
  /** The state belongs to something else. */
  | "other-lineage"
  /** The backend is not initialised, or its configuration has changed. */
  | "backend"
  /** Something of the stack itself refused: a precondition, `prevent_destroy`. */
  | "refused"
  /** The interruption came before it ended. */
  | "interrupted"
  /** Everything else: Terraform's own words. */
  | "failed";

/** A command of Terraform that failed, in words for people. */
export class TerraformError extends StackError {
  override readonly name = "TerraformError";

  constructor(
    message: string,
    readonly stackName: string,
    /** Such as `plan` or `state push`. */
    readonly command: string,
    readonly failure: TerraformFailure,
    /** Undefined where the command did not start, or where a signal ended it. */
    readonly exitCode: number | undefined,
  ) {
    super(message);
  }
}
