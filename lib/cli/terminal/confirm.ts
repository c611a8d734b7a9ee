import { createInterface } from "node:readline/promises";
import { UserError } from "../../base/errors";
import { type Confirm } from "../../operations/callbacks";
import { outgoing } from "./output";

/** Where questions are asked. */
interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** The standard output is for what a command answers. */
const usual: Terminal = { input: process.stdin, output: process.stderr };

/**
 * Asks on the terminal; everything but "y" and "yes" means no, and so do an interruption and the end of the input.
 *
 * @throws UserError without an interactive terminal
 */
export function confirmOnTerminal(interruption: AbortSignal, { input, output }: Terminal = usual): Confirm {
  return async (question) => {
    checkTerminal(input);
    const lines = createInterface({ input, output });
    // Without this, readline would swallow the Ctrl+C.
    lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
      const ended = new Promise<string>((resolve) => {
        lines.once("close", () => {
          resolve("");
        });
      });
      const answer = await Promise.race([
        lines.question(`${outgoing(question)} [y/N] `, { signal: interruption }),
        ended,
      ]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      if (interruption.aborted) return false;
      throw error;
    } finally {
      lines.close();
    }
  };
}

/** @throws UserError without an interactive terminal */
export function checkTerminal(input: Terminal["input"] = process.stdin): void {
  if (input.isTTY === true) return;
  throw new UserError(
    "Cannot ask for confirmation without a terminal: nothing was changed.\n\nIn a pipeline, use --auto-approve to apply without review.",
  );
}
