import { existsSync } from "node:fs";
import { basename } from "node:path";
import spawn from "cross-spawn";
import { behindVariable } from "./command-line";

/**
 * The environment for the Terraform processes that this project starts: no calls home, and no `TF_CLI_CONFIG_FILE` that
 * names a file that does not exist (Terraform would warn on every command).
 */
export function terraformEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: configFile, ...rest } = environment;
  const kept = configFile !== undefined && existsSync(configFile) ? { TF_CLI_CONFIG_FILE: configFile } : {};
  return { ...rest, ...kept, CHECKPOINT_DISABLE: environment["CHECKPOINT_DISABLE"] ?? "1" };
}

/** Terraform or OpenTofu, found and recent enough. */
export interface TerraformBinary {
  /** What to run: a name on the PATH or a path. */
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
  /** Such as `1.11.4`. */
  readonly version: string;
}

/** Why none can be used, in words for a person. */
interface NoTerraform {
  readonly reason: string;
}

const oldest = { major: 1, minor: 5 } as const;

/** The oldest version of Terraform and OpenTofu that the synthesised stacks run with. */
export const oldestTerraform = `${oldest.major}.${oldest.minor}`;

/** How a person gets the one program that cannot be installed for them. */
export const howToGetTerraform = [
  "Terraform: https://developer.hashicorp.com/terraform/install (or: brew install hashicorp/tap/terraform)",
  "OpenTofu:  https://opentofu.org/docs/intro/install (or: brew install opentofu)",
] as const;

/**
 * Finds the program that runs the stacks: the one that `TERRAFORM_BINARY_NAME` names (as for cdktf-cli and cdktn-cli), else
 * `terraform`, else `tofu`, the first on the PATH that is recent enough.
 */
export function findTerraform(environment: NodeJS.ProcessEnv): TerraformBinary | NoTerraform {
  const named = behindStandIn(environment["TERRAFORM_BINARY_NAME"] ?? "", environment);
  const reasons: string[] = [];
  for (const command of named === "" ? ["terraform", "tofu"] : [named]) {
    const found = askVersion(command, environment);
    if ("version" in found) return found;
    reasons.push(found.reason);
  }
  return { reason: reasons.join("; ") };
}

/** `origins` does what `origins-terraform` would do itself: it runs the program behind it. */
function behindStandIn(named: string, environment: NodeJS.ProcessEnv): string {
  return /^origins-terraform(?:\.js)?$/.test(basename(named)) ? (environment[behindVariable] ?? "") : named;
}

/** The program's name in labels and sentences: `tofu`, also where it is named by a path. */
export function programName(command: string): string {
  return basename(command).replace(/\.exe$/i, "");
}

/** A word of a command line that people paste into a shell. */
export function pasted(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word.replace(/["$`]/g, "\\$&")}"`;
}

function askVersion(command: string, environment: NodeJS.ProcessEnv): TerraformBinary | NoTerraform {
  const { stdout, error } = spawn.sync(command, ["version"], {
    env: terraformEnvironment(environment),
    encoding: "utf8",
    timeout: 30_000,
  });
  if (error) {
    const missing = "code" in error && error.code === "ENOENT";
    return { reason: missing ? `"${command}" is not on the PATH` : `"${command}" cannot be run (${error.message})` };
  }
  const answer = /^(Terraform|OpenTofu) v((\d+)\.(\d+)\.\S+)/m.exec(stdout);
  const [, product, version = "", major, minor] = answer ?? [];
  if (product !== "Terraform" && product !== "OpenTofu") {
    return { reason: `"${command} version" does not print the version of Terraform or OpenTofu` };
  }
  return Number(major) > oldest.major || (Number(major) === oldest.major && Number(minor) >= oldest.minor)
    ? { command, product, version }
    : { reason: `"${command}" is ${product} ${version}, older than ${oldestTerraform}` };
}
