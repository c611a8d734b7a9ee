import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { bulkhead } from "cockatiel";
import { errorMessage, UserError } from "../base/errors";
import { hasCode } from "../base/files";
import { whileLocked } from "../base/folder-lock";
import { remoteStateRefusal } from "../genesys/sandbox-state";
import { liveEndpoints, type LiveEndpoints } from "../platform/endpoints";
import {
  findTerraform,
  howToGetTerraform,
  oldestTerraform,
  programName,
  type TerraformBinary,
} from "../terraform/binary";
import { StackTerraform } from "../terraform/stack-terraform";
import { readStacks, type SynthesizedStack } from "../terraform/stacks";
import { readCdktfProject, synthesise } from "../terraform/synthesise";
import { type Print, type Progress, type Step } from "./progress";

/**
 * Where a stack's organisation answers, and who asks.
 *
 * @throws UserError for an invalid region
 */
export function endpointsOf(stack: SynthesizedStack, environment: NodeJS.ProcessEnv): LiveEndpoints {
  try {
    return liveEndpoints(environment, stack);
  } catch (error) {
    const reason = errorMessage(error);
    throw new UserError(`Cannot determine the Genesys Cloud endpoint of the stack "${stack.name}": ${reason}.`);
  }
}

/** What to set where the platform API cannot be asked. */
export const noCredentials =
  "Missing credentials for the platform API: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET " +
  "(or GENESYSCLOUD_ACCESS_TOKEN), and GENESYSCLOUD_REGION.";

/** What to set so that the platform API can be read of all stacks; undefined where nothing is missing. */
export function missingCredentials(
  stacks: readonly SynthesizedStack[],
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const isComplete = stacks.every((stack) => endpointsOf(stack, environment).credentials !== undefined);
  return isComplete ? undefined : noCredentials;
}

/** How the stacks of a project are worked on. */
export interface ProjectOptions {
  /** How long to wait for another run of the same stack, such as `30s`. */
  readonly lockTimeout: string;
  /** How many stacks are worked on at the same time. */
  readonly parallelism: number;
  /** Whether what was synthesised before is taken. @default false */
  readonly skipSynth?: boolean;
  /** The environment of the app, of Terraform and of the audit. */
  readonly environment: NodeJS.ProcessEnv;
  readonly interruption: AbortSignal;
  /** Whether deployments that were deleted by hand are recreated, under new ids. @default false */
  readonly recreate?: boolean;
  /** Whether deployments are made although ones that look like them exist and are in no state. @default false */
  readonly new?: boolean;
  /** Whether plans that do more than undo drift are refused. @default false */
  readonly onlyDrift?: boolean;
  /** Whether plans may destroy resources without confirmation. @default false */
  readonly allowDestroy?: boolean;
  /** Prints a line for people. */
  readonly print: Print;
  /** Prints what is not the result: a warning, what the app said. */
  readonly printAside: Print;
  readonly step: Step;
  /** Whether plans are printed in color. */
  readonly color: boolean;
}

/** The project in the working directory, synthesised, and Terraform to run in its stacks. */
export class Project {
  /**
   * Synthesises the project, or takes what was synthesised before.
   *
   * @throws UserError if Terraform and OpenTofu are missing, and in the sandbox for a stack whose state is not local
   * @throws StackError when the app cannot be synthesised, or was not
   */
  static async open(options: ProjectOptions): Promise<Project> {
    const binary = terraformFor(options.environment);
    const stacks = await stacksOf(options);
    refuseRemoteStates(stacks, options.environment);
    return new Project(stacks, binary, options);
  }

  /** A project of stacks that were synthesised already, and the program to run in them. */
  static of(stacks: readonly SynthesizedStack[], command: string, options: ProjectOptions): Project {
    return new Project(stacks, { command }, options);
  }

  readonly #slots;

  protected constructor(
    readonly stacks: readonly SynthesizedStack[],
    readonly binary: Pick<TerraformBinary, "command">,
    readonly options: ProjectOptions,
  ) {
    this.#slots = bulkhead(options.parallelism, Number.MAX_SAFE_INTEGER);
  }

  /** The same project for work that another signal interrupts. */
  until(interruption: AbortSignal): Project {
    return new Project(this.stacks, this.binary, { ...this.options, interruption });
  }

  /** What progress and reports call Terraform: the name of the program in use, such as `tofu`. */
  get program(): string {
    return programName(this.binary.command);
  }

  /** Terraform in the folder of a stack. */
  terraform(stack: SynthesizedStack): StackTerraform {
    const { environment, interruption, lockTimeout, color } = this.options;
    const { command } = this.binary;
    return new StackTerraform(stack, {
      command,
      environment,
      interruption,
      lockTimeout,
      color,
    });
  }

  /** Does the same for many, as many at a time as the flags say; the results are in their order. */
  async each<Item, Result>(
    items: readonly Item[],
    work: (item: Item) => Promise<Result>,
    progress?: Progress,
  ): Promise<readonly Result[]> {
    let done = 0;
    return Promise.all(
      items.map(async (item) => {
        const result = await this.#slots.execute(() => work(item));
        progress?.(++done, items.length);
        return result;
      }),
    );
  }
}

/**
 * Refuses stacks whose states are not local, where the sandbox was not told to use their backends.
 *
 * @throws UserError that names the first of them
 */
export function refuseRemoteStates(stacks: readonly SynthesizedStack[], environment: NodeJS.ProcessEnv): void {
  for (const { name, backend } of stacks) {
    const refusal = remoteStateRefusal(environment, name, backend.type);
    if (refusal !== undefined) throw new UserError(refusal);
  }
}

/** @throws UserError that says how to get one */
function terraformFor(environment: NodeJS.ProcessEnv): TerraformBinary {
  const found = findTerraform(environment);
  if ("version" in found) return found;
  throw new UserError(
    `This needs Terraform or OpenTofu ${oldestTerraform} or newer (${found.reason}).\n\n${howToGetTerraform.join("\n")}`,
  );
}

async function stacksOf(options: ProjectOptions): Promise<readonly SynthesizedStack[]> {
  const { environment, interruption, print, printAside, step, skipSynth = false } = options;
  if (skipSynth) return readStacks(earlierOutdir(environment));
  const { stacks, said } = await step("synthesis", () => synthesisedStacks(environment, interruption), print);
  if (said !== "") printAside(said);
  return stacks;
}

/** An app writes its files in place: another synthesis in the same folder waits until they are written and read. */
async function synthesisedStacks(
  environment: NodeJS.ProcessEnv,
  interruption: AbortSignal,
): Promise<{ readonly stacks: readonly SynthesizedStack[]; readonly said: string }> {
  try {
    return await whileLocked(
      join(".origins", "synthesis.lock"),
      async () => {
        const { outdir, said } = await synthesise({ folder: ".", environment, interruption });
        return { stacks: readStacks(outdir), said };
      },
      interruption,
    );
  } catch (error) {
    throw hasCode(error, "ABORT_ERR")
      ? new UserError("Interrupted: another synthesis in this folder has not finished yet.")
      : error;
  }
}

/** A job that only deploys may have nothing but the folder that another one synthesised. */
function earlierOutdir(environment: NodeJS.ProcessEnv): string {
  const file = "cdktf.json";
  const output = existsSync(file) ? readCdktfProject(file, environment).output : environment["CDKTF_OUTPUT"];
  return resolve(output ?? "cdktf.out");
}
