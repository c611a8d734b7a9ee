import { type LiveState, liveStateOf, type LiveStates } from "../audit/visitors";
import { TerraformError } from "../terraform/failure";
import { rememberedDeployment } from "../terraform/remembered-deployment";
import { type Plan } from "../terraform/stack-terraform";
import { type SynthesizedStack } from "../terraform/stacks";
import { unfinishedWords } from "./audit-subject";
import { allowListOf, type ExaminedMessenger } from "./examine";
import { failure } from "./outcome";
import { endpointsOf, type Project } from "./project";
import { refusalsOf } from "./stack-deploy";
import { unlessInterrupted } from "./progress";
import { isUnfinished } from "./unfinished";

/** What a plan is laid beside: who declares which list, and what is live. */
export interface PlannedMessenger extends Pick<ExaminedMessenger, "declared" | "derived"> {
  readonly live: LiveState;
}

/** What an examination found, as a plan is laid beside it. */
export function asPlanned({ declared, derived, audit }: ExaminedMessenger): PlannedMessenger {
  return { declared, derived, live: liveStateOf(audit) };
}

/** The plan of a stack, which was discarded, or why it is missing. */
export type StackPlan =
  | {
      readonly stack: SynthesizedStack;
      readonly plan: Plan;
      readonly messengers: readonly PlannedMessenger[];
      /** Why `origins deploy` would not apply the plan. */
      readonly refusals: readonly string[];
    }
  | { readonly stack: SynthesizedStack; readonly problem: string };

/** Plans a stack and reads what is live of the deployments that the plan changes. It changes nothing. */
export async function planStack(project: Project, stack: SynthesizedStack, live: LiveStates): Promise<StackPlan> {
  let messengers: readonly Pick<ExaminedMessenger, "declared" | "derived" | "remembered">[] = [];
  try {
    const terraform = project.terraform(stack);
    const state = await terraform.pullState();
    messengers = stack.messengers.map((declared) => ({
      declared,
      derived: allowListOf(stack, declared),
      remembered: state === undefined ? undefined : rememberedDeployment(state, declared),
    }));
    const plan = await terraform.plan();
    await terraform.discard(plan);
    const planned = await unlessInterrupted(project.options.interruption, () =>
      Promise.all(messengers.map((messenger) => withLive(project, stack, messenger, { plan, live }))),
    );
    return { stack, plan, messengers: planned, refusals: refusalsOf(plan, messengers) };
  } catch (error) {
    // Of what was cut short Terraform says that it "cannot be destroyed": no one wants to destroy it.
    const unfinished = isRefusal(error) ? messengers.filter(isUnfinished) : [];
    const { reason = "" } = failure(error);
    return { stack, problem: unfinished.length > 0 ? unfinished.map(unfinishedWords).join("\n") : reason };
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof TerraformError && error.failure === "refused";
}

/** With what is live of a deployment that the plan changes: Terraform's state may be older. */
async function withLive(
  project: Project,
  stack: SynthesizedStack,
  { declared, derived, remembered }: Pick<ExaminedMessenger, "declared" | "derived" | "remembered">,
  { plan, live }: { readonly plan: Plan; readonly live: LiveStates },
): Promise<PlannedMessenger> {
  const change = plan.changes.find(({ address }) => address === declared.address);
  const id = remembered?.deployment.id ?? change?.importId;
  if (change?.action !== "update" || id === undefined) {
    return { declared, derived, live: { outcome: "unknown", reason: "the plan does not change the deployment" } };
  }
  return { declared, derived, live: await live.read(endpointsOf(stack, project.options.environment), id) };
}
