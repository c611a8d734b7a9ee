import { constants } from "node:os";
import { inspect } from "node:util";
import { CommanderError } from "commander";
import { errorMessage, StackError, UserError } from "../../base/errors";
import { colors, printAside, printFailedResult } from "./output";

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

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that must not be cut short. The first signal that would end this process fires the `AbortSignal` instead, and the
 * work is waited for; further signals change nothing, because what is waited for is Terraform saving its state.
 *
 * @param work answers the exit code
 * @returns its exit code; after signal n, 128 + n
 */
export async function interruptible(work: (interruption: AbortSignal) => Promise<number>): Promise<number> {
  const interruption = new AbortController();
  let first: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals): void => {
    if (first !== undefined) return;
    first = signal;
    printAside(`${signal}: waiting for Terraform to finish and save the state. Nothing else is started.`);
    interruption.abort();
  };
  // A terminal that was closed, or a reader that has gone away, takes no more lines; the work goes on.
  const ignore = (): void => undefined;
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignore);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const code = await work(interruption.signal);
    return exitCodeAfter(first) ?? code;
  } catch (error) {
    const code = exitCodeAfter(first);
    if (code === undefined) throw error;
    printAside(describeError(error));
    printFailedResult(messageOf(error));
    return code;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

function exitCodeAfter(signal: NodeJS.Signals | undefined): number | undefined {
  return signal === undefined ? undefined : 128 + constants.signals[signal];
}
