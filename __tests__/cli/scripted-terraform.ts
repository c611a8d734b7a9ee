import { type Plan, StackTerraform } from "../../lib/terraform/stack-terraform";
import { type ResourceChange } from "../../lib/terraform/plan";
import { type State } from "../../lib/terraform/state";
import { type SynthesizedStack } from "../../lib/terraform/stacks";

/** The steps that change something, or make a plan, in the order in which they are taken. */
export type TerraformStep = "back up" | "push" | "claim" | "plan" | "plan without refresh" | "apply" | "discard";

/** What Terraform says. */
export interface Script {
  /** What the plan changes. @default nothing */
  readonly changes?: readonly ResourceChange[];
  /** @default whether one of the changes is more than a look */
  readonly hasChanges?: boolean;
  /** The state each time that it is read. @default none */
  readonly state?: () => State | undefined;
  /** Where the copy of the state is kept. @default "/project/.origins/backups/shop.tfstate" */
  readonly backup?: string;
  /** The step that fails, and how. */
  readonly fails?: { readonly at: TerraformStep; readonly with: unknown };
}

/** Terraform in the folder of a stack that says what a test wrote, and remembers what it was asked. Nothing is run. */
export class ScriptedTerraform extends StackTerraform {
  readonly steps: TerraformStep[] = [];
  /** Told of each step as it is taken. */
  onStep: (step: TerraformStep) => void = () => undefined;
  /** What was written into the state. */
  readonly pushed: State[] = [];

  constructor(
    stack: SynthesizedStack,
    private readonly script: Script = {},
  ) {
    super(stack, { command: "terraform", environment: {} });
  }

  override async pullState(): Promise<State | undefined> {
    return Promise.resolve(this.script.state?.());
  }

  override async backUp(): Promise<string> {
    return this.#take("back up", this.script.backup ?? "/project/.origins/backups/shop.tfstate");
  }

  override async pushState(state: State): Promise<void> {
    await this.#take("push", undefined);
    this.pushed.push(state);
  }

  override async claimState(): Promise<void> {
    await this.#take("claim", undefined);
  }

  override async plan({ refresh = true }: { readonly refresh?: boolean } = {}): Promise<Plan> {
    const { changes = [], hasChanges = changes.some(({ action }) => action !== "no-op" && action !== "read") } =
      this.script;
    return this.#take(refresh ? "plan" : "plan without refresh", {
      stackName: this.stack.name,
      changes,
      hasChanges,
      text: `What Terraform does to ${this.stack.name}`,
      file: "/plan",
    });
  }

  override async apply(): Promise<string> {
    return this.#take("apply", "");
  }

  override async discard(): Promise<void> {
    await this.#take("discard", undefined);
  }

  async #take<T>(step: TerraformStep, answer: T): Promise<T> {
    this.steps.push(step);
    this.onStep(step);
    if (this.script.fails?.at === step) throw this.script.fails.with;
    return Promise.resolve(answer);
  }
}
