import { inspect } from "node:util";
import { CommanderError } from "commander";
import { errorMessage, StackError, UserError } from "../base/errors";
import { colors } from "./colors";

/** An error as the command prints it: a mistake of this program with its stack, everything else as its message. */
export function describeError(error: unknown): string {
  const isForUser = error instanceof UserError || error instanceof StackError;
  return isForUser ? `${colors.red("Error:")} ${error.message}` : inspect(error);
}

/** The words of an error alone: for a report, or for a program that reads the result. */
export function messageOf(error: unknown): string {
  const message = errorMessage(error);
  return error instanceof CommanderError ? message.replace(/^error: /, "") : message;
}
