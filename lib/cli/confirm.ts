import { createInterface } from "node:readline/promises";
import { UserError } from "./user-error";

/** Asks a question that is answered with yes or no. */
export type Confirm = (question: string) => Promise<boolean>;

/**
 * Asks on the terminal; everything but "y" and "yes" means no, and so do an interruption and the end of the input.
 *
 * @throws UserError where there is no terminal to ask on
 */
export function confirmOnTerminal(interruption: AbortSignal): Confirm {
  return async (question) => {
    checkTerminal();
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // Without this, readline would swallow the Ctrl+C.
    lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    try {
      const ended = new Promise<string>((resolve) => {
        lines.once("close", () => {
          resolve("");
        });
      });
      const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal: interruption }), ended]);
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      if (interruption.aborted) return false;
      throw error;
    } finally {
      lines.close();
    }
  };
}

/** @throws UserError where there is no terminal to ask on */
export function checkTerminal(): void {
  if (process.stdin.isTTY) return;
  throw new UserError(
    "There is no terminal to ask on, so nothing was changed.\n\nIn a pipeline, where nobody reads the plan first: --auto-approve",
  );
}
