import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, realpathSync } from "node:fs";
import { relative } from "node:path";
import { type Command } from "commander";
import { errorCode, errorMessage, UserError } from "../../base/errors";
import { replaceFile } from "../../base/files";
import { type MessengerEnvironmentVariables } from "../../genesys/deployment";
import { chosenMessenger, deployedMessengers } from "../../operations/application";
import { Project } from "../../operations/project";
import { withVariables } from "../../sources/env/env-write";
import { interruptible } from "../terminal/interruption";
import { printAside, printReport, printResult } from "../terminal/output";
import { checkDuration, chooseStacks } from "./flags";
import { terminalOptions } from "./terminal-options";

interface EnvFlags {
  readonly messenger?: string;
  readonly json?: boolean;
  readonly github?: boolean;
  readonly write?: string;
  readonly skipSynth?: boolean;
  readonly lockTimeout: string;
}

export function register(command: Command): void {
  command
    .argument("<name>", "the environment or stack")
    .option("--messenger <name>", "the construct or the deployment's name, in a stack with several Messengers")
    .option("--json", "print JSON instead of lines for an env file")
    .option("--github", "append to GITHUB_ENV and GITHUB_OUTPUT, for later steps of a GitHub Actions job")
    .option("--write <file>", "write the two lines into an env file, and leave its other lines as they are")
    .option("--skip-synth", "use the output of the last synthesis")
    .option("--lock-timeout <duration>", "how long to wait for another run of the same stack", checkDuration, "30s")
    .addHelpText(
      "after",
      "\nThe values come from the state, so that the application is built with the deployment that exists." +
        "\nNext.js freezes them at next build: build again after they change." +
        "\n\nExit code: 0 printed or written, 1 the stack has not been deployed, or cannot be read.",
    )
    .action(async (name: string, flags: EnvFlags) => {
      process.exitCode = await interruptible((interruption) => env(name, flags, interruption));
    });
}

async function env(name: string, flags: EnvFlags, interruption: AbortSignal): Promise<number> {
  const { github = false, json = false, messenger, write } = flags;
  const files = github ? githubFiles(process.env) : [];
  // The standard output has the variables alone: it may be redirected into a file.
  const project = await Project.open({ ...flags, ...terminalOptions({ json: true }), parallelism: 1, interruption });
  const stacks = chooseStacks(project.stacks, [name]);
  const [stack, another] = stacks;
  if (stack === undefined) throw new UserError(`Unknown environment or stack "${name}".`);
  if (another !== undefined) {
    const names = stacks.map((each) => each.name);
    throw new UserError(`The environment "${name}" has several stacks: use the name of one, ${names.join(" or ")}.`);
  }
  const state = await project.terraform(stack).pullState();
  const deployed = deployedMessengers(stack, state, project.options.environment);
  const { variables } = chosenMessenger(stack.name, deployed, messenger);
  if (write !== undefined) writeVariables(write, variables);
  for (const file of files) appendFileSync(file, githubText(variables));
  if (json) printResult(variables);
  else if (write === undefined && !github) for (const line of linesOf(variables)) printReport(line);
  return 0;
}

function linesOf(variables: MessengerEnvironmentVariables): readonly string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${String(value)}`);
}

/** Creates the file where it is missing. */
function writeVariables(file: string, variables: MessengerEnvironmentVariables): void {
  const shown = relative("", file);
  try {
    const before = textOf(file);
    const text = withVariables(before ?? "", { ...variables });
    const target = before === undefined ? file : realpathSync(file); // a link stays one
    if (text === before) printAside(`"${shown}" is up to date.`);
    else {
      replaceFile(target, text);
      printAside(before === undefined ? `Created "${shown}".` : `Updated "${shown}".`);
    }
  } catch (error) {
    const reason = errorCode(error) ?? errorMessage(error);
    throw new UserError(
      `Cannot write "${shown}" (${reason}): add these lines yourself.\n\n${linesOf(variables).join("\n")}`,
    );
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** @throws UserError outside of GitHub Actions */
function githubFiles(environment: NodeJS.ProcessEnv): readonly string[] {
  const files = [environment["GITHUB_ENV"] ?? "", environment["GITHUB_OUTPUT"] ?? ""].filter((file) => file !== "");
  if (files.length > 0) return files;
  throw new UserError("GITHUB_ENV and GITHUB_OUTPUT are not set: --github works only in a step of GitHub Actions.");
}

/** Each value between two lines that it cannot contain: no value can define another variable. */
function githubText(variables: MessengerEnvironmentVariables): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      const end = `origins-${randomUUID()}`;
      return `${name}<<${end}\n${String(value)}\n${end}\n`;
    })
    .join("");
}
