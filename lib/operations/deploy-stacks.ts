import { adoptProperty } from "../audit/compare-namesakes";
import { recordAt } from "../base/json";
import { type Deployment } from "../genesys/deployment";
import { rememberedDeploymentIds } from "../terraform/remembered-deployment";
import { type SynthesizedStack } from "../terraform/stacks";
import { type Confirm, type Wording } from "./callbacks";
import { type Examination, type ExaminedMessenger, type ExaminedStack } from "./examine";
import { failure, isDeployed, type StackOutcome } from "./outcome";
import { type Project } from "./project";
import { repairsOf } from "./repairs";
import { applyPlan, declinePlan, type PlannedStack, repairAndPlan, type StackDeployOptions } from "./stack-deploy";
import { type Print } from "./progress";

/**
 * The stacks in the order in which they can be deployed: those of one wave are independent of each other, and depend on
 * earlier waves alone. A dependency that is not among the stacks counts as deployed.
 *
 * @throws when stacks depend on each other in a circle, which the cores do not synthesise
 */
export function wavesOf<Stack extends Pick<SynthesizedStack, "name" | "dependencies">>(
  stacks: readonly Stack[],
): readonly (readonly Stack[])[] {
  const waves: (readonly Stack[])[] = [];
  let waiting = stacks;
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const isReady = ({ dependencies }: Stack): boolean => !dependencies.some((name) => names.has(name));
    const wave = waiting.filter(isReady);
    if (wave.length === 0) throw new Error(`Circular dependency between stacks: ${[...names].join(", ")}.`);
    waves.push(wave);
    waiting = waiting.filter((stack) => !isReady(stack));
  }
  return waves;
}

/** Which stacks have a deployment in their states, by its id. */
type Holders = ReadonlyMap<string, readonly string[]>;

/** The deployments that the states of stacks have and their programs declare, without those that a program adopts. */
export function holdersOf(examinations: readonly Examination[]): Holders {
  const holders = new Map<string, readonly string[]>();
  for (const each of examinations) {
    if ("problem" in each || each.state === undefined) continue;
    const { stack, state } = each;
    const adopted = new Set(stack.messengers.map(({ importId }) => importId));
    for (const id of new Set(rememberedDeploymentIds(state, stack.messengers))) {
      if (adopted.has(id)) continue;
      holders.set(id, [...(holders.get(id) ?? []), stack.name]);
    }
  }
  return holders;
}

/**
 * Why a state is not this stack's: a deploy would rewrite the deployment of another stack, or of another application. Empty where nothing
 * speaks for that, and where the program says that it takes a deployment over (`adopt`, `renamedFrom`).
 *
 * @param project all stacks of the project, also those that are not deployed now
 */
export function foreignStateRefusals(
  { stack, state, messengers }: Pick<ExaminedStack, "stack" | "state" | "messengers">,
  holders: Holders,
  project: readonly SynthesizedStack[],
): readonly string[] {
  if (state === undefined) return [];
  const saved = recordAt(state.content, "outputs", "environment")["value"];
  const isOfOtherEnvironment =
    typeof saved === "string" && stack.environment !== undefined && saved !== stack.environment;
  return messengers.flatMap((messenger): string | readonly string[] => {
    const { declared, remembered } = messenger;
    if (remembered === undefined || isTakenOver(messenger)) return [];
    const { id, name } = remembered.deployment;
    const others = (holders.get(id) ?? []).filter((holder) => holder !== stack.name);
    if (others.length > 0) {
      const both = [stack.name, ...others].map((each) => `"${each}"`).join(" and ");
      return `the states of the stacks ${both} have the same deployment "${id}": one of them is a copy. ${remedy}`;
    }
    if (!isOfOtherEnvironment && name === declared.name) return [];
    const owner = project.find(
      (other) =>
        other.name !== stack.name &&
        (other.environment === undefined || typeof saved !== "string" || other.environment === saved) &&
        isRatherOf(other, messenger, remembered.deployment),
    );
    if (owner !== undefined) {
      return (
        `the state has the deployment "${name}" ("${id}"), which has the name that the stack "${owner.name}" declares: it is a copy of ` +
        `that stack's state. ${remedy}${orAdopt(messenger)}`
      );
    }
    if (isForOtherDomains(messenger)) {
      const whose = isOfOtherEnvironment ? ` of the environment "${saved}"` : "";
      return (
        `the state has the deployment "${name}"${whose} ("${id}"), which has none of the domains of this stack: it belongs to something ` +
        `else. ${remedy}${orAdopt(messenger)}`
      );
    }
    return [];
  });
}

const remedy = "Nothing was changed. Give each stack a separate state through its backend, path or key";

function orAdopt({ declared, remembered }: ExaminedMessenger): string {
  return remembered === undefined
    ? ""
    : `. If it belongs to this stack, declare ${adoptProperty(remembered.deployment, declared)} in the program`;
}

/**
 * Whether another stack declares a deployment of that name and has at least as many of its domains as this one: more of them stay with a
 * Messenger that is renamed while another one takes its name.
 */
function isRatherOf(other: SynthesizedStack, { derived }: ExaminedMessenger, deployment: Deployment): boolean {
  const inCommon = (entries: readonly string[] = []): number =>
    entries.filter((entry) => deployment.allowedDomains.includes(entry)).length;
  const own = inCommon(derived?.policy.allowedDomains);
  return other.messengers.some(
    ({ name, policy }) => name === deployment.name && (policy === undefined || inCommon(policy.allowedDomains) >= own),
  );
}

/** Whether the program says that the deployment comes from elsewhere. */
function isTakenOver({ declared, remembered }: ExaminedMessenger): boolean {
  return declared.importId === remembered?.deployment.id || remembered?.formerly !== undefined;
}

function isForOtherDomains({ derived, remembered }: ExaminedMessenger): boolean {
  const wanted = derived?.policy.allowedDomains ?? [];
  const deployed = remembered?.deployment.allowedDomains ?? [];
  if (wanted.length === 0 || deployed.length === 0) return false;
  return !wanted.some((domain) => deployed.includes(domain) && domain.includes("."));
}

/** The part of a project that a deploy needs. */
export type DeployingProject = Pick<Project, "each" | "program" | "stacks"> & {
  readonly options: Pick<
    Project["options"],
    "recreate" | "new" | "onlyDrift" | "allowDestroy" | "interruption" | "print" | "step"
  >;
};

/** What a deploy asks for. */
interface DeployCallbacks {
  /** Asks before the states are written, and again before the plans are applied; without it no one is asked. */
  readonly confirm?: Confirm | undefined;
  /** Examines stacks whose state another run has changed meanwhile. */
  readonly readAgain: (stacks: readonly SynthesizedStack[]) => Promise<readonly Examination[]>;
  readonly wording: Wording;
}

/**
 * Repairs, plans and applies stacks: those of which others depend first, independent ones at the same time. What fails stops
 * nothing but the stacks that depend on it.
 */
export async function deployStacks(
  project: DeployingProject,
  examinations: readonly Examination[],
  callbacks: DeployCallbacks,
): Promise<readonly StackOutcome[]> {
  const outcomes = new Map<string, StackOutcome>();
  const holders = holdersOf(examinations);
  const examinationOf = new Map(examinations.map((each) => [each.stack.name, each]));
  for (const wave of wavesOf(examinations.map(({ stack }) => stack))) {
    const ready: ExaminedStack[] = [];
    for (const stack of wave) {
      const examination = examinationOf.get(stack.name);
      const missing = stack.dependencies.filter((name) => {
        const outcome = outcomes.get(name);
        return outcome !== undefined && !isDeployed(outcome);
      });
      if (examination === undefined) continue;
      if ("problem" in examination) outcomes.set(stack.name, { stack, repairs: [], ...failure(examination.problem) });
      else if (missing.length === 0) {
        const foreign = foreignStateRefusals(examination, holders, project.stacks);
        if (foreign.length === 0) ready.push(examination);
        else outcomes.set(stack.name, { stack, repairs: [], outcome: "refused", reason: foreign.join("\n") });
      } else {
        const reason = `It depends on ${missing.map((name) => `"${name}"`).join(", ")}, which was not deployed.`;
        outcomes.set(stack.name, { stack, repairs: [], outcome: "skipped", reason });
      }
    }
    for (const outcome of await deployUntilCurrent(project, ready, callbacks))
      outcomes.set(outcome.stack.name, outcome);
  }
  return examinations.flatMap(({ stack }) => outcomes.get(stack.name) ?? []);
}

/** How often a stack is read and planned again because another run was faster. */
export const mostRounds = 5;

/** Deploys stacks, and those once more of which another run has changed the state meanwhile. */
async function deployUntilCurrent(
  project: DeployingProject,
  ready: readonly ExaminedStack[],
  { confirm, readAgain, wording }: DeployCallbacks,
): Promise<readonly StackOutcome[]> {
  const { interruption, print } = project.options;
  const outcomes = new Map<string, StackOutcome>();
  let open = ready;
  for (let round = 1; open.length > 0; round++) {
    const ended =
      confirm === undefined
        ? await withoutAsking(project, open, wording)
        : await asking(project, open, { confirm, wording });
    for (const outcome of ended) outcomes.set(outcome.stack.name, together(outcomes.get(outcome.stack.name), outcome));
    const overtaken = ended.filter((outcome) => outcome.overtaken === true).map(({ stack }) => stack);
    if (overtaken.length === 0 || round === mostRounds || interruption.aborted) break;
    print(
      `\nAnother run changed ${overtaken.map(({ name }) => name).join(", ")} in the meantime: reading and planning again`,
    );
    const again = await readAgain(overtaken).catch(() => []); // interrupted: what came of the others is told all the same
    open = again.flatMap((each) => ("problem" in each ? [] : each));
    for (const each of again) {
      if ("problem" in each) {
        const { stack, problem } = each;
        outcomes.set(stack.name, together(outcomes.get(stack.name), { stack, repairs: [], ...failure(problem) }));
      }
    }
  }
  return [...outcomes.values()];
}

/** What came of two attempts: the second decides, and what the first has written into the state counts as well. */
function together(first: StackOutcome | undefined, second: StackOutcome): StackOutcome {
  if (first === undefined) return second;
  const backup = first.backup ?? second.backup;
  const recreated = second.recreated ?? first.recreated;
  return {
    ...second,
    repairs: [...first.repairs, ...second.repairs],
    ...(backup !== undefined && { backup }),
    ...(recreated !== undefined && { recreated }),
  };
}

async function withoutAsking(
  project: DeployingProject,
  ready: readonly ExaminedStack[],
  wording: Wording,
): Promise<readonly StackOutcome[]> {
  const { print, step } = project.options;
  return step(
    `${project.program} plan and apply of ${amount(ready)}`,
    ({ print: printBeside, progress }) =>
      project.each(
        ready,
        async (examined) => {
          const planned = await repairAndPlan(examined, optionsOf(project, { asked: false }));
          show(planned, wording, printBeside);
          return "outcome" in planned ? planned : applyPlan(planned);
        },
        progress,
      ),
    print,
    (outcomes) => outcomes.every(isDeployed),
  );
}

async function asking(
  project: DeployingProject,
  ready: readonly ExaminedStack[],
  { confirm, wording }: { readonly confirm: Confirm; readonly wording: Wording },
): Promise<readonly StackOutcome[]> {
  const { print, step } = project.options;
  const repairs = ready.flatMap((each) =>
    wording.repairs(each.stack.name, repairsOf(each, optionsOf(project, { asked: true }))),
  );
  if (repairs.length > 0) {
    print(
      `\nTerraform's state does not match what is live. To be written to it, after a backup:\n${repairs.join("\n")}`,
    );
    const question = "Write these changes to the state? Genesys Cloud does not change until the plan is applied.";
    if (!(await confirm(question)))
      return ready.map(({ stack }) => ({ stack, repairs: [], outcome: "declined" as const }));
  }
  const planned = await step(
    `${project.program} plan of ${amount(ready)}`,
    ({ progress }) => project.each(ready, (each) => repairAndPlan(each, optionsOf(project, { asked: true })), progress),
    print,
    (all) => all.every((each) => !("outcome" in each) || isDeployed(each)),
  );
  for (const each of planned) show(each, wording, print);
  const ended = planned.filter((each) => "outcome" in each);
  const plans = planned.filter((each) => "plan" in each);
  if (plans.length === 0) return ended;
  const approved = await confirm(`Apply ${plans.length === 1 ? "this plan" : `these ${plans.length} plans`}?`);
  if (!approved) return [...ended, ...(await Promise.all(plans.map(declinePlan)))];
  const applied = await step(
    `${project.program} apply of ${amount(plans)}`,
    ({ progress }) => project.each(plans, applyPlan, progress),
    print,
    (outcomes) => outcomes.every(isDeployed),
  );
  return [...ended, ...applied];
}

function show(planned: PlannedStack | StackOutcome, wording: Wording, print: Print): void {
  const { repairs, backup } = planned;
  const name = "outcome" in planned ? planned.stack.name : planned.examined.stack.name;
  if (backup !== undefined) {
    print(`\nTerraform's state of ${name} now matches what is live; backup: ${backup}`);
    for (const line of wording.repairs(name, repairs)) print(line);
  }
  if ("plan" in planned) print(`\n${wording.plan(name, planned.plan, planned.examined.messengers)}`);
}

function optionsOf(
  { options: { recreate = false, new: makeNew = false, onlyDrift = false, allowDestroy = false } }: DeployingProject,
  { asked }: { readonly asked: boolean },
): StackDeployOptions {
  return { recreate, makeNew, onlyDrift, mayDestroy: allowDestroy || asked };
}

function amount({ length }: { readonly length: number }): string {
  return `${length} stack${length === 1 ? "" : "s"}`;
}
