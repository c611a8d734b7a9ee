import { type Command } from "commander";
import { LiveStates } from "../live";
import { type Plan, rememberedDeployment, type SynthesizedStack, TerraformError } from "../terraform";
import { colors } from "./colors";
import { interruptible, unlessInterrupted } from "./interruption";
import { indented } from "./report/audit-report";
import { type PlannedMessenger, renderPlan, type VisitorsWords, visitorsWords } from "./report/plan-report";
import { allowListOf } from "./stacks/allow-list-of";
import { chooseStacks } from "./stacks/choose";
import { endpointsOf } from "./stacks/endpoints";
import { type ExaminedMessenger } from "./stacks/examine";
import { stackCommand, type StackFlags } from "./stacks/flags";
import { failure } from "./stacks/outcome";
import { Project } from "./stacks/project";
import { refusalsOf } from "./stacks/stack-deploy";
import { unfinishedWords } from "./stacks/pending-drifts";
import { isUnfinished } from "./stacks/unfinished";
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
  /** What visitors meet until the plan is applied, or why that is not known. */
  readonly visitors: readonly string[];
  /** Who said what is live; `unknown` where no one could be asked. Absent where there is nothing to say. */
  readonly visitorsFrom?: readonly VisitorsWords["source"][];
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
  const live = new LiveStates();
  const planned = await step(
    `${project.program} plan`,
    ({ progress }) => project.each(stacks, (stack) => planStack(project, stack, live), progress),
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

async function planStack(project: Project, stack: SynthesizedStack, live: LiveStates): Promise<PlannedText> {
  const { name } = stack;
  let messengers: readonly Pick<ExaminedMessenger, "declared" | "derived" | "remembered">[] = [];
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
    const planned = await unlessInterrupted(project.options.interruption, () =>
      Promise.all(messengers.map((messenger) => withLive(project, stack, messenger, { made, live }))),
    );
    const words = visitorsWords(made.changes, planned);
    const visitorsFrom = [...new Set(words.map(({ source }) => source))];
    const refused = refusals.map(
      (reason) => `\n${colors.red("origins deploy would not apply this:")}\n${indented(reason)}`,
    );
    return {
      json: {
        stack: name,
        hasChanges: made.hasChanges,
        changes,
        visitors: words.map(({ message }) => message),
        ...(visitorsFrom.length > 0 && { visitorsFrom }),
        refusals,
      },
      text: [renderPlan(name, made, planned), ...refused].join("\n"),
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

/** With what is live of a deployment that the plan changes: Terraform's state may be older. */
async function withLive(
  project: Project,
  stack: SynthesizedStack,
  { declared, derived, remembered }: Pick<ExaminedMessenger, "declared" | "derived" | "remembered">,
  { made, live }: { readonly made: Plan; readonly live: LiveStates },
): Promise<PlannedMessenger> {
  const change = made.changes.find(({ address }) => address === declared.address);
  const id = remembered?.deployment.id ?? change?.importId;
  if (change?.action !== "update" || id === undefined) {
    return { declared, derived, live: { outcome: "unknown", reason: "the plan does not change the deployment" } };
  }
  return { declared, derived, live: await live.read(endpointsOf(stack, project.options.environment), id) };
}
