import { type NextEnvironment } from "../../sources";
import { type ResourceChange } from "../../terraform";
import { examine, type ExaminedMessenger, type ExaminedStack } from "../stacks/examine";
import { isSettled } from "../stacks/outcome";
import { type Project } from "../stacks/project";
import { applyPlan, repairAndPlan } from "../stacks/stack-deploy";
import { type Progress } from "../stacks/step";
import { UserError } from "../../base/errors";

const options = { recreate: false, makeNew: false, onlyDrift: false, mayDestroy: false };

/** What `origins deploy --auto-approve` does with every stack, without its report. */
export async function deployAll(project: Project, progress: Progress): Promise<void> {
  const outcomes = await project.each(
    await examineAll(project),
    async (examined) => {
      const planned = await repairAndPlan(examined, options);
      return "outcome" in planned ? planned : applyPlan(planned);
    },
    progress,
  );
  for (const outcome of outcomes) {
    if (isSettled(outcome)) continue;
    throw new UserError(`The stack "${outcome.stack.name}" was not deployed:\n\n${outcome.reason ?? outcome.outcome}`);
  }
}

/** The Messenger of an environment: what is declared, remembered and live of it. */
export async function messengerOf(project: Project, { name }: NextEnvironment): Promise<ExaminedMessenger> {
  const stacks = project.stacks.filter(({ environment }) => environment === name);
  const [messenger] = (await examineAll(project, stacks)).flatMap(({ messengers }) => messengers);
  if (messenger !== undefined) return messenger;
  throw new UserError(
    `No stack deploys the environment "${name}".\n\nUse MessengerStack, named after the environment.`,
  );
}

/** What a plan would change of an environment. */
export async function planned(project: Project, { name }: NextEnvironment): Promise<readonly ResourceChange[]> {
  const stack = project.stacks.find(({ environment }) => environment === name);
  if (stack === undefined) return [];
  const terraform = project.terraform(stack);
  const plan = await terraform.plan();
  await terraform.discard(plan);
  return plan.hasChanges ? plan.changes : [];
}

async function examineAll(project: Project, stacks = project.stacks): Promise<readonly ExaminedStack[]> {
  return (await examine(project, stacks)).map((each) => {
    if ("problem" in each) throw each.problem;
    return each;
  });
}
