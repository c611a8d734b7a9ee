import { once } from "node:events";
import { constants } from "node:os";
import spawn from "cross-spawn";
import { errorMessage, UserError } from "../base/errors";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command on this terminal and answers with its exit code, or 128 + n when signal n ended it, as a shell does.
 *
 * Signals are passed on and waited for, so that Terraform can finish what it is doing and save its state. A Ctrl+C is not:
 * the terminal has sent it to the command as well, and a second one makes Terraform stop without saving.
 *
 * @throws UserError when there is no such command
 */
export async function runInForeground(
  [program = "", ...parameters]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const child = spawn(program, parameters, { stdio: "inherit", env: environment });
  const passOn = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, passOn);
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    throw new UserError(`"${program}" cannot be run: ${errorMessage(error)}`);
  } finally {
    for (const signal of forwarded) process.off(signal, passOn);
  }
}
