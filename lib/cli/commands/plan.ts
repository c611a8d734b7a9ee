import { type Command } from "commander";
import { LiveStates } from "../../audit/visitors";
import { planStack, type StackPlan } from "../../operations/plan-stack";
import { Project } from "../../operations/project";
import { indented } from "../report/audit-report";
import { renderPlan, type VisitorsWords, visitorsWords } from "../report/plan-report";
import { interruptible } from "../terminal/interruption";
import { colors, printResult } from "../terminal/output";
import { step } from "../terminal/step";
import { chooseStacks, withStackOptions, type StackFlags } from "./flags";
import { terminalOptions } from "./terminal-options";

interface PlanFlags extends StackFlags {
  readonly json?: boolean;
}

/** One element of what `origins plan --json` prints: a stack. */
export interface PlanJson {
  readonly stack: string;
  /** Absent where there is a problem. */
  readonly hasChanges?: boolean;
  readonly changes: readonly { readonly address: string; readonly action: string }[];
  /** What visitors meet until the plan is applied, or why that is not known. */
  readonly visitors: readonly string[];
  /** Who said what is live; `unknown` where no one could be asked. Absent where there is nothing to say. */
  readonly visitorsFrom?: readonly VisitorsWords["source"][];
  /** Why `origins deploy` would not apply the plan. */
  readonly refusals: readonly string[];
  /** Why the plan is missing. */
  readonly problem?: string;
}

export function register(command: Command): void {
  withStackOptions(command)
    .option("--json", "print JSON instead of text")
    .addHelpText(
      "after",
      "\nIt shows the changes that Terraform detects. For drift that Terraform does not detect, run origins audit." +
        "\n\nExit code, as with plan -detailed-exitcode: 0 no changes, 2 changes, 1 error.",
    )
    .action(async (names: readonly string[], flags: PlanFlags) => {
      process.exitCode = await interruptible((interruption) => plan(names, flags, interruption));
    });
}

async function plan(names: readonly string[], flags: PlanFlags, interruption: AbortSignal): Promise<number> {
  const terminal = terminalOptions(flags);
  const { print } = terminal;
  const project = await Project.open({ ...flags, ...terminal, interruption });
  const stacks = chooseStacks(project.stacks, names, flags.shard);
  const live = new LiveStates();
  const planned = await step(
    `${project.program} plan`,
    ({ progress }) => project.each(stacks, (stack) => planStack(project, stack, live), progress),
    print,
    (plans) => plans.every((each) => !("problem" in each)),
  );
  const results = planned.map(planJson);
  if (flags.json === true) printResult(results);
  else for (const each of planned) print(`\n${planText(each)}`);
  return planExitCode(results);
}

/** As that of `terraform plan -detailed-exitcode`, of all stacks together. */
export function planExitCode(plans: readonly PlanJson[]): 0 | 1 | 2 {
  if (plans.some(({ problem }) => problem !== undefined)) return 1;
  return plans.some(({ hasChanges }) => hasChanges === true) ? 2 : 0;
}

function planJson(planned: StackPlan): PlanJson {
  const { name } = planned.stack;
  if ("problem" in planned) {
    return { stack: name, changes: [], visitors: [], refusals: [], problem: planned.problem };
  }
  const { plan: made, messengers, refusals } = planned;
  const words = visitorsWords(made.changes, messengers);
  const visitorsFrom = [...new Set(words.map(({ source }) => source))];
  return {
    stack: name,
    hasChanges: made.hasChanges,
    changes: made.changes.flatMap(({ address, action }) => (action === "no-op" ? [] : { address, action })),
    visitors: words.map(({ message }) => message),
    ...(visitorsFrom.length > 0 && { visitorsFrom }),
    refusals,
  };
}

function planText(planned: StackPlan): string {
  const { name } = planned.stack;
  if ("problem" in planned) {
    return `${colors.bold(name)}: ${colors.red("not planned")}\n${indented(planned.problem)}`;
  }
  const refused = planned.refusals.map(
    (reason) => `\n${colors.red("origins deploy would not apply this:")}\n${indented(reason)}`,
  );
  return [renderPlan(name, planned.plan, planned.messengers), ...refused].join("\n");
}
