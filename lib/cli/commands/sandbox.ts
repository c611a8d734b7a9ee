import { existsSync } from "node:fs";
import { type Command } from "commander";
import { type Sandbox, type SandboxFlags, type SandboxOptions } from "genesys-cloud-sandbox";
import type * as SandboxPackage from "genesys-cloud-sandbox";
import { errorMessage, UserError } from "../../base/errors";
import { refuseRemoteStates } from "../../operations/project";
import { unusableCli } from "../../programs/cdktf-cli";
import { findTerraform, terraformEnvironment } from "../../terraform/binary";
import { behindVariable } from "../../terraform/command-line";
import { printAside, printReport } from "../terminal/output";
import { standInFile } from "../stand-in";
import { forgetStates, synthesisedStacks } from "./sandbox-states";

const notInstalled =
  'The package genesys-cloud-sandbox is not installed: run "npm install --save-dev genesys-cloud-sandbox".';

/**
 * The package that the sandbox is in. Users who need none have not installed it.
 *
 * @throws UserError that says how to install it
 */
export async function loadSandbox(): Promise<typeof SandboxPackage> {
  try {
    return await import("genesys-cloud-sandbox");
  } catch (error) {
    // Node says "Cannot find package 'x'" or "… module 'x'", Yarn "… tried to access x (a peer dependency)".
    const isMissing = /(?:find (?:module|package)|tried to access) ['"]?genesys-cloud-sandbox(?![\w./-])/;
    throw isMissing.test(errorMessage(error)) ? new UserError(notInstalled) : error;
  }
}

export async function register(command: Command): Promise<void> {
  let sandboxPackage: typeof SandboxPackage;
  try {
    sandboxPackage = await loadSandbox();
  } catch (error) {
    // Whatever follows: the command line may also be another command's that only mentions this name.
    command
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw error;
      });
    return;
  }
  const { addSandboxOptions, runOnTerminal, sandboxOptions, waitForInterrupt } = sandboxPackage;
  addSandboxOptions(command)
    .option("--remote-state", "also use the workspace origins-sandbox of backends that are not local")
    .action(async (words: readonly string[], flags: SandboxFlags & { readonly remoteState?: boolean }) => {
      const unusable = unusableCli(words, process.cwd(), process.env);
      if (unusable !== undefined) throw new UserError(unusable);
      const { remoteState = false } = flags;
      const sandbox = await openSandbox(sandboxPackage, { ...sandboxOptions(flags), remoteState });
      try {
        if (words.length === 0) await waitForInterrupt(sandbox, printReport, binaryVariable(process.env));
        else {
          const environment = sandboxed(sandbox);
          refuseRemoteStates(synthesisedStacks(environment), environment);
          process.exitCode = await forUsers(runOnTerminal(words, environment));
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
 * @throws UserError with the sandbox's own message: a taken port, a state file that is in use or invalid
 */
export async function openSandbox(
  { startSandbox }: Pick<typeof SandboxPackage, "startSandbox">,
  options: SandboxOptions,
): Promise<Sandbox> {
  const isNew = options.reset === true || !existsSync(options.stateFile);
  const sandbox = await forUsers(startSandbox(options));
  for (const folder of isNew ? forgetStates(sandbox.replacedIds) : []) {
    printAside(
      `Kept "${folder}": the state has resources that the sandbox did not create. Destroy them with Terraform, then delete the folder.`,
    );
  }
  return sandbox;
}

/** The package's errors are written for users. Its classes are not this program's. */
async function forUsers<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw new UserError(errorMessage(error), { cause: error });
  }
}

/** The environment of a command that is to use the sandbox instead of Genesys Cloud. */
export function sandboxed(sandbox: Sandbox): NodeJS.ProcessEnv {
  return { ...terraformEnvironment(process.env), ...sandbox.environment, ...binaryVariable(process.env) };
}

/**
 * cdktf and cdktn run `terraform` unless this variable names another program: here `origins-terraform`, and behind it OpenTofu, where it is
 * the one that serves.
 */
function binaryVariable(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const found = findTerraform(environment);
  if (!("version" in found)) return {};
  if (process.platform === "win32") {
    return found.command === "terraform" ? {} : { TERRAFORM_BINARY_NAME: found.command };
  }
  return {
    TERRAFORM_BINARY_NAME: standInFile,
    ...(found.command !== "terraform" && { [behindVariable]: found.command }),
  };
}
