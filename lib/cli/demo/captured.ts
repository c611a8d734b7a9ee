import { once } from "node:events";
import { type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import spawn from "cross-spawn";
import { UserError } from "../user-error";

/** What a command printed and how it ended. */
export interface Captured {
  readonly code: number;
  /** What it printed to its standard output. */
  readonly output: string;
}

/**
 * Runs a command in the background and keeps what it prints.
 *
 * @param succeeds the exit codes that are no failure
 * @throws UserError with the end of what the command printed, when it fails
 */
export async function capture(
  [program = "", ...parameters]: readonly string[],
  environment: NodeJS.ProcessEnv,
  succeeds: readonly number[] = [0],
): Promise<Captured> {
  const child = spawn(program, parameters, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([
    everything(child.stdout),
    everything(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== null && succeeds.includes(code)) return { code, output };
  const said = `${output}\n${errors}`.trim().split("\n").slice(-40).join("\n");
  throw new UserError(`"${[program, ...parameters].join(" ")}" ended with exit code ${code ?? "none"}:\n\n${said}`);
}

async function everything(stream: Readable | null): Promise<string> {
  return stream === null ? "" : text(stream);
}
