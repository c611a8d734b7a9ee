import { inspect } from "node:util";
import { CommanderError } from "commander";
import { StackError } from "../terraform";
import { colors } from "./colors";

/**
 * What the user can act on: printed as it is, without a stack trace, and the command ends with exit code 1.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** An error as the command prints it: a mistake of this program with its stack, everything else as its message. */
export function describeError(error: unknown): string {
  const isForUser = error instanceof UserError || error instanceof StackError;
  return isForUser ? `${colors.red("Error:")} ${error.message}` : inspect(error);
}

/** The words of an error alone: for a report, or for a program that reads the result. */
export function messageOf(error: unknown): string {
  if (error instanceof CommanderError) return error.message.replace(/^error: /, "");
  return error instanceof Error ? error.message : String(error);
}
