import { constants } from "node:os";
import { CommanderError } from "commander";
import { UserError } from "../base/errors";
import { nextSteps } from "./next-steps";
import { createProgram, documentationOf } from "./program";
import { describeError, messageOf } from "./terminal/interruption";
import { beginOutput, guardStreams, printAside, printFailedResult, printReport } from "./terminal/output";

/**
 * Runs the command `origins`. What goes wrong is printed for people on the standard error and, with `--json`, as `{ "error": … }` on the
 * standard output; the exit code is that of the process.
 *
 * @param parameters the command line behind the program's name
 */
async function run(parameters: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  beginOutput(environment, { json: asksForJson(parameters) });
  try {
    if (parameters.length === 0) {
      printReport(nextSteps());
      return;
    }
    const program = await createProgram(parameters);
    await program.parseAsync(parameters, { from: "user" });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
    fail(error);
    if (error instanceof CommanderError) return;
  }
  const page = documentationOf(parameters);
  // What follows `--` ends with an exit code that is not this command's.
  if (process.exitCode === 1 && page !== undefined && !parameters.includes("--")) printAside(`Documentation: ${page}`);
}

/** Whether the command is told to print JSON; what stands behind `--` is another command's. */
function asksForJson(parameters: readonly string[]): boolean {
  const end = parameters.indexOf("--");
  return parameters.slice(0, end === -1 ? undefined : end).includes("--json");
}

/** Tells why the command ends. commander has told people about its own errors already. */
function fail(error: unknown): void {
  if (!(error instanceof CommanderError)) printAside(describeError(error));
  else if (error.exitCode === 0) return;
  printFailedResult(messageOf(error));
}

const parameters = process.argv.slice(2);

guardStreams();
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit(1);
});
if (asksForJson(parameters)) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (process.listenerCount(signal) > 1) return; // work that must not be cut short
      fail(new UserError(`Interrupted by ${signal}.`));
      process.exit(128 + constants.signals[signal]);
    });
  }
}
// Node.js itself would print warnings past the guard.
process.removeAllListeners("warning");
process.on("warning", ({ name, message }) => {
  if (process.env["NODE_NO_WARNINGS"] !== "1") printAside(`(node:${process.pid}) ${name}: ${message}`);
});

void run(parameters).finally(() => {
  // After an interruption, pending answers are not awaited.
  if (Number(process.exitCode) > 128) process.exit();
});
