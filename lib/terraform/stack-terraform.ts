import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { makeTemporaryFolder } from "../base/files";
import { saveFirstState } from "./first-state";
import { isRecord, parseRecord } from "../base/json";
import { killedRun, type LocalStateFile, localStateFile, readLocalState } from "./local-state";
import { readablePlan, readPlan, type ResourceChange } from "./plan";
import { StackError } from "../base/errors";
import { type SynthesizedStack } from "./stacks";
import { backUpState, parseState, type State } from "./state";
import { TerraformError } from "./failure";
import { stepsToSave, unsavedState } from "./unsaved-state";
import { type StackTerraformOptions, TerraformInFolder } from "./terraform-in-folder";

/** A plan that was made and can be applied: exactly it, or nothing. */
export interface Plan {
  readonly stackName: string;
  readonly changes: readonly ResourceChange[];
  /** Whether an apply would do anything (Terraform's detailed exit code 2). */
  readonly hasChanges: boolean;
  /** What Terraform prints of it for people, in colours where the options ask for them. */
  readonly text: string;
  /** The file it is saved in, in a folder that only this user can open. */
  readonly file: string;
}

/** The shortest time that another run's lock is waited for before there is a state, in milliseconds: it is held for a moment. */
const leastClaimWait = 10_000;

/** One output of a stack, as its state has it. */
interface StackOutput {
  readonly value: unknown;
  /** Must not be shown. */
  readonly sensitive: boolean;
}

/**
 * Terraform (or OpenTofu), run in the folder of one stack, one command after the other. Every method throws a
 * {@link TerraformError} where it fails.
 */
export class StackTerraform {
  readonly #terraform: TerraformInFolder;
  #initialised: Promise<unknown> | undefined;

  /** @throws StackError for an invalid lock timeout */
  constructor(
    readonly stack: SynthesizedStack,
    private readonly options: StackTerraformOptions,
  ) {
    this.#terraform = new TerraformInFolder(stack, options);
  }

  /** Prepares the folder, once; the other methods do it where they need it. */
  async init(): Promise<void> {
    this.#initialised ??= this.#terraform.run(["init", "-input=false", "-no-color", ...this.#terraform.lockTimeout]);
    try {
      await this.#initialised;
    } catch (error) {
      this.#initialised = undefined;
      throw error;
    }
  }

  /** The state as it is saved; undefined if there is none yet. It takes no lock; local state takes no process either. */
  async pullState(): Promise<State | undefined> {
    if (this.stack.backend.type === "local") {
      const { text, backup } = await this.#localState();
      // State that OpenTofu has encrypted is for OpenTofu to read.
      if (parseRecord(text)?.["encrypted_data"] === undefined) {
        const state = parseState(text);
        return state === undefined || backup === undefined ? state : { ...state, readFrom: backup };
      }
      if (backup !== undefined) {
        throw new StackError(`${killedRun(backup)}.\n\nCopy "${backup}" over it, then run the command again.`);
      }
    }
    await this.init();
    return parseState((await this.#terraform.run(["state", "pull"])).output);
  }

  async #localState(): Promise<LocalStateFile> {
    return readLocalState(await localStateFile(this.stack, this.#terraform.environment));
  }

  /** Replaces the saved state, under the lock, unless another run did since it was pulled. */
  async pushState(state: State): Promise<void> {
    await this.refuseUnsavedState("state push");
    await this.init();
    await this.#terraform.run(["state", "push", ...this.#terraform.lockTimeout, "-"], { input: state.text });
  }

  /**
   * Creates a state before the first plan if the lock does not work without one. A database of the pg backend
   * is closed to every other stack for as long as a stack without a state is applied. The lock of a local state is its file, which
   * goes with a plan that finds it empty: two first deploys would then both create everything.
   */
  async claimState(): Promise<void> {
    if (!["pg", "local"].includes(this.stack.backend.type)) return;
    await this.init();
    await saveFirstState(this.#terraform, this.stack, {
      isThere: async () => (await this.pullState()) !== undefined,
      timeLimit: Math.max(this.#terraform.timeLimit, leastClaimWait),
      interruption: this.options.interruption,
    });
  }

  /**
   * Keeps a copy of the state that only this user can read.
   *
   * @param reason a word or two for the file's name, such as `before-repair`
   * @returns the file's path
   */
  backUp(state: State, reason: string): Promise<string> {
    const folder = this.options.backups ?? resolve(this.stack.folder, "../../..", ".origins", "backups");
    return backUpState(folder, this.stack.name, state, reason);
  }

  /**
   * Makes a plan and saves it; call {@link apply} or {@link discard} with it.
   *
   * @param options `refresh: false` plans from the state alone, without asking Genesys Cloud what is live
   */
  async plan({ refresh = true }: { readonly refresh?: boolean } = {}): Promise<Plan> {
    await this.refuseUnsavedState("plan");
    await this.refuseEmptiedState();
    await this.init();
    const file = join(await makeTemporaryFolder("plan"), "stack.tfplan");
    try {
      await writeFile(file, "", { mode: 0o600 }); // Terraform keeps the mode of a file that is there
      const flags = [
        "-input=false",
        ...(this.options.color === true ? [] : ["-no-color"]), // a failure loses the colours when it is read
        "-detailed-exitcode",
        ...(await this.#planLock()),
        `-refresh=${String(refresh)}`,
      ];
      const planned = await this.#terraform.run(["plan", ...flags, `-out=${file}`], { succeeds: [0, 2] });
      const shown = await this.#terraform.run(["show", "-json", "-no-color", file]);
      return {
        stackName: this.stack.name,
        changes: readPlan(shown.output),
        hasChanges: planned.code === 2,
        text: readablePlan(planned.output),
        file,
      };
    } catch (error) {
      await removeFolderOf(file);
      throw error;
    }
  }

  /** A plan that locks a local state that is not there yet makes its file and removes it: a first deploy may be writing it. */
  async #planLock(): Promise<readonly string[]> {
    const { backend } = this.stack;
    const isMissing =
      backend.type === "local" && !existsSync(await localStateFile(this.stack, this.#terraform.environment));
    return isMissing ? ["-lock=false"] : this.#terraform.lockTimeout;
  }

  /** Does what the plan says, if the state is still the one that it was made from. Answers what Terraform printed. */
  async apply(plan: Plan): Promise<string> {
    if (plan.stackName !== this.stack.name) throw new Error(`The plan is of the stack "${plan.stackName}".`);
    try {
      const flags = ["-input=false", "-no-color", ...this.#terraform.lockTimeout];
      return (await this.#terraform.run(["apply", ...flags, plan.file])).output;
    } finally {
      await this.discard(plan);
    }
  }

  /** Removes a plan's file. */
  discard(plan: Plan): Promise<void> {
    return removeFolderOf(plan.file);
  }

  /** The stack's outputs, as the last apply left them. */
  async outputs(): Promise<Readonly<Record<string, StackOutput>>> {
    await this.init();
    const { output } = await this.#terraform.run(["output", "-json", "-no-color"]);
    const outputs = Object.entries(parseRecord(output) ?? {}).map(([name, entry]) => {
      const { value, sensitive } = isRecord(entry) ? entry : {};
      return [name, { value, sensitive: sensitive === true }] as const;
    });
    return Object.fromEntries(outputs);
  }

  /** A plan that does not know what an earlier apply made would make it a second time, and an edit would outrun it. */
  private async refuseUnsavedState(command: string): Promise<void> {
    const { folder } = this.stack;
    const file = unsavedState(folder);
    if (file === undefined) return;
    const { backend } = this.stack;
    const stateFile =
      backend.type === "local" ? await localStateFile(this.stack, this.#terraform.environment) : undefined;
    const steps = stepsToSave(file, folder, { program: this.options.command, stateFile, isFull: false });
    throw new TerraformError(
      "unsaved",
      { stackName: this.stack.name, command },
      `An earlier apply of the stack "${this.stack.name}" could not save its state; it is in "${file}".\n\n` + steps,
    );
  }

  /** Terraform takes a state file that a killed run left empty for no state at all, and would create everything again. */
  private async refuseEmptiedState(): Promise<void> {
    if (this.stack.backend.type !== "local") return;
    const { backup } = await this.#localState();
    if (backup === undefined) return;
    throw new TerraformError(
      "unsaved",
      { stackName: this.stack.name, command: "plan" },
      `The stack "${this.stack.name}": ${killedRun(backup)}.\n\nRun origins deploy or origins repair: they restore it from "${backup}".`,
    );
  }
}

function removeFolderOf(file: string): Promise<void> {
  return rm(dirname(file), { recursive: true, force: true });
}
