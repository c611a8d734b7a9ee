import { once } from "node:events";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import spawn from "cross-spawn";
import { errorMessage, UserError } from "../../base/errors";
import { refuseRemoteStates } from "../../operations/project";
import { unusableCli } from "../../programs/cdktf-cli";
import { type Fault, parseFault, type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { findTerraform, terraformEnvironment } from "../../terraform/binary";
import { printAside, printReport } from "../terminal/output";
import { forgetStates, synthesisedStacks } from "./sandbox-states";

const forwarded = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a command on this terminal and answers with its exit code, or 128 + n when signal n ended it, as a shell does.
 *
 * Signals are passed on and waited for, so that Terraform can finish what it is doing and save its state. A Ctrl+C is not:
 * the terminal has sent it to the command as well, and a second one makes Terraform stop without saving.
 *
 * @throws UserError when there is no such command
 */
async function runInForeground(
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

/** Where the sandbox keeps its organisation unless `--state` says otherwise. */
export const defaultStateFile = ".sandbox/state.json";

interface SandboxFlags {
  readonly fault?: readonly Fault[];
  readonly faultSeed?: number;
  readonly port?: number;
  readonly remoteState?: boolean;
  readonly reset?: boolean;
  readonly state: string;
}

export function register(command: Command): void {
  command
    .usage("[options] [-- command...]")
    .argument("[command...]", "a command to run against it, such as: npx cdktn deploy '*'")
    .option("--fault <text>", "a fault to inject, such as: 503 on POST deployments first=2 (repeatable)", collectFault)
    .option("--fault-seed <number>", "the seed of random faults (default: 1)", parseSeed)
    .option("--port <number>", "the port on 127.0.0.1 (default: any free port)", parsePort)
    .option("--remote-state", "also use the workspace origins-sandbox of backends that are not local")
    .option("--reset", "start with an empty organisation")
    .option("--state <file>", "the file that stores the organisation between runs", defaultStateFile)
    .action(async (words: readonly string[], flags: SandboxFlags) => {
      const { fault = [], faultSeed, port, remoteState = false, reset = false, state } = flags;
      const unusable = unusableCli(words, process.cwd(), process.env);
      if (unusable !== undefined) throw new UserError(unusable);
      const sandbox = await openSandbox({
        stateFile: state,
        reset,
        remoteState,
        faults: fault,
        ...(faultSeed !== undefined && { faultSeed }),
        ...(port !== undefined && { port }),
      });
      try {
        if (words.length === 0) await stayInForeground(sandbox);
        else {
          const environment = sandboxed(sandbox);
          refuseRemoteStates(synthesisedStacks(environment), environment);
          process.exitCode = await runInForeground(words, environment);
        }
      } finally {
        await sandbox.close();
      }
    });
}

/**
 * Starts the sandbox. One that starts empty takes the Terraform states of the last one in this folder along: they name
 * deployments that are gone, and the provider would look for each of them for minutes.
 *
 * @throws UserError with the sandbox's own message: a taken port, a state file that is in use or is none
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const isNew = options.reset === true || !existsSync(options.stateFile);
  try {
    const sandbox = await startSandbox(options);
    for (const folder of isNew ? forgetStates(sandbox.replacedIds) : []) {
      printAside(
        `Kept "${folder}": the state has resources that the sandbox did not create. Destroy them with Terraform, then delete the folder.`,
      );
    }
    return sandbox;
  } catch (error) {
    throw new UserError(errorMessage(error), { cause: error });
  }
}

/** The environment of a command that is to use the sandbox instead of Genesys Cloud. */
export function sandboxed(sandbox: Sandbox): NodeJS.ProcessEnv {
  return { ...terraformEnvironment(process.env), ...sandbox.environment, ...binaryVariable(process.env) };
}

/** cdktf and cdktn run `terraform` unless this variable names another program: OpenTofu, where it is the one that serves. */
function binaryVariable(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const found = findTerraform(environment);
  return "version" in found && found.command !== "terraform" ? { TERRAFORM_BINARY_NAME: found.command } : {};
}

async function stayInForeground(sandbox: Sandbox): Promise<void> {
  printReport(`# Sandbox listening on ${sandbox.url} until Ctrl+C. In another terminal:`);
  const variables = { ...sandbox.environment, ...binaryVariable(process.env) };
  for (const [name, value] of Object.entries(variables)) printReport(`export ${name}=${shellQuote(value)}`);
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
