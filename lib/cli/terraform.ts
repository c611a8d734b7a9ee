import { spawn } from "node:child_process"; // never on Windows, and every command waits until it is loaded
import { once } from "node:events";
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { behindVariable, type CommandLine, readCommandLine } from "../terraform/command-line";
import { type PreparedCommand, type Surroundings } from "./stand-in";

/** What this program calls itself in what it prints. */
const self = "origins-terraform";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Stands in Terraform's place: `TERRAFORM_BINARY_NAME=origins-terraform npx cdktf deploy`. Every command is Terraform's (or OpenTofu's)
 * own, with its arguments, terminal and exit code. Before an apply the state is made to say what is live, so that the plan shows
 * changes by hand that Terraform does not see.
 *
 * @returns the exit code
 */
async function run(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  if (process.platform === "win32") {
    say(`${self} does not support Windows. Unset TERRAFORM_BINARY_NAME, and run "origins deploy" for what it repairs.`);
    return 1;
  }
  const program = programBehind(environment);
  if (program === undefined) {
    say(`Neither Terraform nor OpenTofu is on the PATH: install one, or name it in ${behindVariable}.`);
    return 127;
  }
  const interruption = new AbortController();
  const sent = new Signals(interruption);
  const line = readCommandLine(words, environment);
  const folder = resolve(line.folder ?? ".");
  const isStack = line.kind !== "pass" && existsSync(join(folder, "cdk.tf.json"));
  const {
    parameters = [],
    seesDrift = false,
    refused = false,
  } = isStack ? await prepared(line, { folder, program, environment, interruption: interruption.signal }) : {};
  if (interruption.signal.aborted) return 128 + constants.signals[sent.first ?? "SIGINT"];
  if (refused) return 1;
  const code = await terraform(program, [...words, ...parameters], sent);
  return seesDrift && line.detailedExitCode && code === 0 ? 2 : code;
}

/** What must be loaded for it is loaded here: commands that pass through do not wait for it. */
async function prepared(line: CommandLine, surroundings: Omit<Surroundings, "say">): Promise<PreparedCommand> {
  const { prepareCommand } = await import("./stand-in.ts");
  return prepareCommand(line, { ...surroundings, say });
}

/** The signals that this process gets, for as long as it lives. */
class Signals {
  /** The first that came. */
  first: NodeJS.Signals | undefined;
  private receive: ((signal: NodeJS.Signals) => void) | undefined;

  constructor(interruption: AbortController) {
    for (const signal of signals) {
      process.on(signal, () => {
        this.first ??= signal;
        interruption.abort();
        this.receive?.(signal);
      });
    }
  }

  onSignal(receive: (signal: NodeJS.Signals) => void): void {
    this.receive = receive;
  }
}

/**
 * Runs the program on this terminal. It has a session of its own: cdktf closes its terminal 50 ms after it has passed on a Ctrl+C, and a
 * Terraform on it would die before it has saved its state. So the first signal, whatever it is, is a SIGINT there, which lets it
 * finish and save; only a second Ctrl+C is passed on, which makes it stop at once.
 */
async function terraform(program: string, words: readonly string[], sent: Signals): Promise<number> {
  const child = spawn(program, words, { stdio: "inherit", detached: true });
  let isTold = false;
  sent.onSignal((signal) => {
    if (!isTold || (signal === "SIGINT" && process.stdin.isTTY)) child.kill("SIGINT");
    isTold = true;
  });
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    say(`"${program}" cannot be run (${error instanceof Error ? error.message : String(error)}).`);
    return 127;
  }
}

/** The program that is named, otherwise the first Terraform or OpenTofu on the PATH. This program is never one of them. */
function programBehind(environment: NodeJS.ProcessEnv): string | undefined {
  const named = environment[behindVariable] ?? "";
  const names = named === "" ? ["terraform", "tofu"] : [named];
  return names.map((name) => onPath(name, environment)).find((file) => file !== undefined);
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const folders = name.includes("/") ? [""] : (environment["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => resolve(folder, name)).find((file) => existsSync(file) && !isSelf(file));
}

function isSelf(file: string): boolean {
  return realpathSync(file) === realpathSync(process.argv[1] ?? "");
}

function say(text: string): void {
  process.stderr.write(`${self}: ${text}\n`);
}

// A terminal that was closed takes no more lines; Terraform goes on.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
void run(process.argv.slice(2), process.env).then((code) => {
  process.exit(code);
});
