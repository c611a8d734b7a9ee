import { type ResourceChange } from "./plan";
import { type SynthesizedStack } from "./stacks";
import { type State } from "./state";

/** How the commands of a stack are run. */
export interface StackTerraformOptions {
  /** What `findTerraform` found. */
  readonly command: string;
  readonly environment: NodeJS.ProcessEnv;
  /**
   * When it fires, a command that runs gets one SIGINT, so that Terraform finishes what it is doing and saves the state;
   * commands that have not started do not start.
   */
  readonly interruption?: AbortSignal;
  /**
   * How long to wait for another run to release the state, as Terraform writes it: `30s`, `5m`.
   * @default "0s"
   */
  readonly lockTimeout?: string;
  /**
   * Where copies of the state go before it is edited.
   * @default `.origins/backups` in the folder that holds `cdktf.out`
   */
  readonly backups?: string;
}

/** A plan that was made and can be applied: exactly it, or nothing. */
export interface Plan {
  readonly stack: string;
  readonly changes: readonly ResourceChange[];
  /** Whether an apply would do anything (Terraform's detailed exit code 2). */
  readonly hasChanges: boolean;
  /** What Terraform prints of it for people. */
  readonly text: string;
  /** The file it is saved in. */
  readonly file: string;
}

/** One output of a stack, as its state has it. */
export interface StackOutput {
  readonly value: unknown;
  /** Must not be shown. */
  readonly sensitive: boolean;
}

/** Terraform (or OpenTofu), run in the folder of one stack. Every method throws a TerraformError where it fails. */
export class StackTerraform {
  constructor(
    readonly stack: SynthesizedStack,
    private readonly options: StackTerraformOptions,
  ) {}

  /** Prepares the folder; does next to nothing where it is prepared. The other methods need it, but `pullState` of local state. */
  init(): Promise<void> {
    return this.notYet();
  }

  /** The state as it is saved; undefined where there is none yet. It takes no lock. */
  pullState(): Promise<State | undefined> {
    return this.notYet();
  }

  /** Replaces the saved state, under the lock, if nobody else did since it was pulled. */
  pushState(state: State): Promise<void> {
    return this.notYet(state);
  }

  /**
   * Keeps a copy of the state that only this user can read.
   *
   * @param reason a word or two for the file's name, such as `before-repair`
   * @returns the file's path
   */
  backUp(state: State, reason: string): Promise<string> {
    return this.notYet(state, reason);
  }

  /** Makes a plan and saves it; call `apply` or `discard` with it. */
  plan(options: { readonly refresh?: boolean } = {}): Promise<Plan> {
    return this.notYet(options);
  }

  /** Does what the plan says, if the state is still the one that it was made from. Answers what Terraform printed. */
  apply(plan: Plan): Promise<string> {
    return this.notYet(plan);
  }

  /** Removes a plan's file. */
  discard(plan: Plan): Promise<void> {
    return this.notYet(plan);
  }

  /** The stack's outputs, as the last apply left them. */
  outputs(): Promise<Readonly<Record<string, StackOutput>>> {
    return this.notYet();
  }

  private notYet(...inputs: readonly unknown[]): Promise<never> {
    return Promise.reject(new Error(`not written yet: ${this.options.command} ${inputs.length}`));
  }
}
