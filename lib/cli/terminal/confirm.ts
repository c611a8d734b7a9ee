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
export function confirmOnTerminal(interruption: AbortSignal, terminal: Terminal = usual): Confirm {
  return async (question) => {
    checkTerminal(terminal.input);
    const answer = await readLine(`${question} [y/N] `, interruption, terminal);
    return /^y(es)?$/i.test(answer?.trim() ?? "");
  };
}

/** A question whose answer is a text. */
export interface TextQuestion {
  readonly question: string;
  /** What an empty answer means. */
  readonly usual: string;
  /** What is wrong with an answer; undefined where nothing is. @default every answer will do */
  readonly problemOf?: (answer: string) => string | undefined;
}

/**
 * Asks on the terminal until the answer will do. Where it answers to is the caller's business: {@link checkTerminal} comes first.
 *
 * @returns undefined after an interruption or at the end of the input
 */
export async function askOnTerminal(
  { question, usual: fallback, problemOf = () => undefined }: TextQuestion,
  interruption: AbortSignal,
  terminal: Terminal = usual,
): Promise<string | undefined> {
  for (;;) {
    const shown = fallback === "" ? "" : ` [${fallback}]`;
    const line = await readLine(`${question}${shown}: `, interruption, terminal);
    if (line === undefined) return undefined;
    const answer = line.trim() || fallback;
    const problem = problemOf(answer);
    if (problem === undefined) return answer;
    terminal.output.write(outgoing(`${problem}\n`));
  }
}

/** A line of the input; undefined after an interruption or at its end. */
async function readLine(
  question: string,
  interruption: AbortSignal,
  { input, output }: Terminal,
): Promise<string | undefined> {
  const lines = createInterface({ input, output });
  // Without this, readline would swallow the Ctrl+C.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const ended = new Promise<undefined>((resolve) => {
      lines.once("close", () => {
        resolve(undefined);
      });
    });
    return await Promise.race([lines.question(outgoing(question), { signal: interruption }), ended]);
  } catch (error) {
    if (interruption.aborted) return undefined;
    throw error;
  } finally {
    lines.close();
  }
}

/**
 * @param remedy what to do in a pipeline
 * @throws UserError without an interactive terminal
 */
export function checkTerminal(
  input: Terminal["input"] = process.stdin,
  remedy = "In a pipeline, use --auto-approve to apply without review.",
): void {
  if (input.isTTY === true) return;
  throw new UserError(`Cannot ask for confirmation without a terminal: nothing was changed.\n\n${remedy}`);
}
