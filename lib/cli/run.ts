import { CommanderError } from "commander";
import { beginOutput, printAside, printFailedResult } from "./output";
import { createProgram } from "./program";
import { describeError, messageOf } from "./user-error";

/**
 * Runs the command `origins`. What goes wrong is printed for people on the standard error and, with `--json`, as `{ "error": … }` on the
 * standard output; the exit code is that of the process.
 *
 * @param parameters the command line behind the program's name
 */
export async function run(parameters: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  beginOutput(environment, { json: asksForJson(parameters) });
  try {
    await createProgram().parseAsync(parameters, { from: "user" });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
    fail(error);
  }
}

/** Whether the command is told to print JSON; what stands behind `--` is another command's. */
export function asksForJson(parameters: readonly string[]): boolean {
  const end = parameters.indexOf("--");
  return parameters.slice(0, end === -1 ? undefined : end).includes("--json");
}

/** Tells why the command ends. commander has told people about its own errors already. */
export function fail(error: unknown): void {
  if (!(error instanceof CommanderError)) printAside(describeError(error));
  else if (error.exitCode === 0) return;
  printFailedResult(messageOf(error));
}
