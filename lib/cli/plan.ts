import { type Command } from "commander";
import { type Plan, rememberedDeployment, type SynthesizedStack, TerraformError } from "../terraform";
import { colors } from "./colors";
import { interruptible } from "./interruption";
import { indented } from "./report/audit-report";
import { type PlannedMessenger, renderPlan, visitorsWords } from "./report/plan-report";
import { allowListOf } from "./stacks/allow-list-of";
import { chooseStacks } from "./stacks/choose";
import { type ExaminedMessenger } from "./stacks/examine";
import { stackCommand, type StackFlags } from "./stacks/flags";
import { failure } from "./stacks/outcome";
import { Project } from "./stacks/project";
import { refusalsOf } from "./stacks/stack-deploy";
import { isUnfinished, unfinishedWords } from "./stacks/unfinished";
import { step } from "./step";
import { printAside, printReport, printResult } from "./output";

interface PlanFlags extends StackFlags {
  readonly json?: boolean;
}

/** One element of what `origins plan --json` prints: a stack. */
export interface PlanJson {
  readonly stack: string;
  /** Absent where there is a problem. */
  readonly hasChanges?: boolean;
  readonly changes: readonly { readonly address: string; readonly action: string }[];
  /** What visitors meet until the plan is applied. */
  readonly visitors: readonly string[];
  /** Why `origins deploy` would not apply the plan. */
  readonly refusals: readonly string[];
  /** Why there is no plan. */
  readonly problem?: string;
}

export function registerPlan(program: Command): void {
  stackCommand(
    program,
    "plan",
    "Synthesise, and show what Terraform or OpenTofu would change, and what visitors notice.",
  )
    .option("--json", "print JSON instead of text")
    .addHelpText(
      "after",
      "\nIt shows what Terraform sees. What Terraform is blind to is shown by origins audit." +
        "\n\nExit code, as with plan -detailed-exitcode: 0 no changes, 2 changes, 1 error.",
    )
    .action(async (names: readonly string[], flags: PlanFlags) => {
      process.exitCode = await interruptible((interruption) => plan(names, flags, interruption));
    });
}

async function plan(names: readonly string[], flags: PlanFlags, interruption: AbortSignal): Promise<number> {
  const print = flags.json === true ? printAside : printReport;
  const project = await Project.open({ ...flags, environment: process.env, interruption, print });
  const stacks = chooseStacks(project.stacks, names, flags.shard);
  const planned = await step(
    `${project.program} plan`,
    ({ progress }) => project.each(stacks, (stack) => planStack(project, stack), progress),
    print,
    (plans) => plans.every(({ json: { problem } }) => problem === undefined),
  );
  if (flags.json === true) printResult(planned.map(({ json }) => json));
  else for (const { text } of planned) print(`\n${text}`);
  return planExitCode(planned.map(({ json }) => json));
}

function isRefusal(error: unknown): boolean {
  return error instanceof TerraformError && error.failure === "refused";
}

/** As that of `terraform plan -detailed-exitcode`, of all stacks together. */
export function planExitCode(plans: readonly PlanJson[]): 0 | 1 | 2 {
  if (plans.some(({ problem }) => problem !== undefined)) return 1;
  return plans.some(({ hasChanges }) => hasChanges === true) ? 2 : 0;
}

interface PlannedText {
  readonly json: PlanJson;
  readonly text: string;
}

async function planStack(project: Project, stack: SynthesizedStack): Promise<PlannedText> {
  const { name } = stack;
  let messengers: readonly (PlannedMessenger & Pick<ExaminedMessenger, "remembered">)[] = [];
  try {
    const terraform = project.terraform(stack);
    const state = await terraform.pullState();
    messengers = stack.messengers.map((declared) => ({
      declared,
      derived: allowListOf(stack, declared, undefined),
      remembered: state === undefined ? undefined : rememberedDeployment(state, declared),
    }));
    const made: Plan = await terraform.plan();
    await terraform.discard(made);
    const refusals = refusalsOf(made, messengers);
    const changes = made.changes.flatMap(({ address, action }) => (action === "no-op" ? [] : { address, action }));
    const visitors = visitorsWords(made.changes, messengers);
    const refused = refusals.map(
      (reason) => `\n${colors.red("origins deploy would not apply this:")}\n${indented(reason)}`,
    );
    return {
      json: { stack: name, hasChanges: made.hasChanges, changes, visitors, refusals },
      text: [renderPlan(name, made, messengers), ...refused].join("\n"),
    };
  } catch (error) {
    // Of what was cut short Terraform says that it "cannot be destroyed": nobody wants to destroy it.
    const unfinished = isRefusal(error) ? messengers.filter(isUnfinished) : [];
    const { reason = "" } = failure(error);
    const problem = unfinished.length > 0 ? unfinished.map(unfinishedWords).join("\n") : reason;
    return {
      json: { stack: name, changes: [], visitors: [], refusals: [], problem },
      text: `${colors.bold(name)}: ${colors.red("not planned")}\n${indented(problem)}`,
    };
  }
}
