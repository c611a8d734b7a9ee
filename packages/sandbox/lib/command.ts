import { once } from "node:events";
import { constants } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import spawn from "cross-spawn";
import { errorMessage } from "../../../lib/base/errors";
import { type Fault } from "./faults/fault";
import { parseFault } from "./faults/fault-text";
import { type Sandbox, type SandboxOptions } from "./sandbox";

/** Where the sandbox keeps its organisation unless `--state` says otherwise. */
export const defaultStateFile = ".sandbox/state.json";

/** What the options of a command say about the sandbox that it starts. */
export interface SandboxFlags {
  readonly fault?: readonly Fault[];
  readonly faultSeed?: number;
  readonly port?: number;
  readonly reset?: boolean;
  readonly state: string;
}

/** Gives a command the options of a sandbox, and the words after them: the command to run against it. */
export function addSandboxOptions(command: Command): Command {
  return command
    .usage("[options] [-- command...]")
    .argument("[command...]", "a command to run against it, such as: npx cdktn deploy '*'")
    .option("--fault <text>", "a fault to inject, such as: 503 on POST deployments first=2 (repeatable)", collectFault)
    .option("--fault-seed <number>", "the seed of random faults (default: 1)", parseSeed)
    .option("--port <number>", "the port on 127.0.0.1 (default: any free port)", parsePort)
    .option("--reset", "start with an empty organisation")
    .option("--state <file>", "the file that stores the organisation between runs", defaultStateFile);
}

/** What {@link startSandbox} is told by these options. */
export function sandboxOptions({ fault = [], faultSeed, port, reset = false, state }: SandboxFlags): SandboxOptions {
  return {
    stateFile: state,
    reset,
    faults: fault,
    ...(faultSeed !== undefined && { faultSeed }),
    ...(port !== undefined && { port }),
  };
}

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command on this terminal and answers with its exit code, or 128 + n when signal n ended it, as a shell does.
 *
 * Signals are passed on and waited for, so that Terraform can finish what it is doing and save its state. A Ctrl+C is not:
 * the terminal has sent it to the command as well, and a second one makes Terraform stop without saving.
 *
 * @throws when the command cannot be started
 */
export async function runOnTerminal(
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
    throw new Error(`"${program}" cannot be run: ${errorMessage(error)}`, { cause: error });
  } finally {
    for (const signal of forwarded) process.off(signal, passOn);
  }
}

/**
 * Prints where the sandbox listens and the variables to export, and waits for Ctrl+C or SIGTERM.
 *
 * @param more variables to export as well
 */
export async function waitForInterrupt(
  { url, environment }: Sandbox,
  print: (line: string) => void,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  print(`# Sandbox listening on ${url} until Ctrl+C. In another terminal:`);
  for (const [name, value] of Object.entries({ ...environment, ...more })) {
    print(`export ${name}=${shellQuote(value)}`);
  }
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

function collectFault(text: string, before: readonly Fault[] = []): readonly Fault[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError(errorMessage(error));
  }
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (text !== "" && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError("Expected an integer.");
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError("Expected a number from 1 to 65535.");
}

/** A word that any POSIX shell reads as it stands. */
function shellQuote(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
