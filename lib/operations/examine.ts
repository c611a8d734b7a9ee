import { type Audit, type AuditSubject } from "../audit/audit";
import { auditAll, type ManagedElsewhere } from "../audit/audit-all";
import { parseAddress } from "../origins/address";
import { AllowList } from "../origins/allow-list";
import { type DeclaredMessenger } from "../terraform/declared-messengers";
import {
  rememberedConfiguration,
  rememberedDeployment,
  rememberedDeploymentIds,
} from "../terraform/remembered-deployment";
import { type StackTerraform } from "../terraform/stack-terraform";
import { type SynthesizedStack } from "../terraform/stacks";
import { type State } from "../terraform/state";
import { auditSubject, type KnownMessenger } from "./audit-subject";
import { endpointsOf, type Project } from "./project";
import { type Progress, unlessInterrupted } from "./progress";

/**
 * The allow-list that a stack declares for a Messenger. Where each entry comes from is what the synthesis recorded; the source of an
 * entry without a record is the stack.
 *
 * @returns undefined where a Terraform expression decides the list, or where it holds what no allow-list would: then only
 *   Terraform knows what is wanted
 */
export function allowListOf(stack: SynthesizedStack, { policy, recorded }: DeclaredMessenger): AllowList | undefined {
  if (policy === undefined) return undefined;
  const sources = new Map<string, AllowList["entries"][number]>();
  for (const entry of recorded?.environment.allowList.entries ?? []) sources.set(entry.host, entry);
  const entries = policy.allowedDomains.flatMap((value) => {
    const known = sources.get(value);
    if (known !== undefined) return known;
    const parsed = parseAddress(value);
    const place = { file: `stack ${stack.name}` };
    return parsed.ok ? { host: parsed.address.host, sources: [{ value, place }] } : [];
  });
  const list = new AllowList(entries, { allowAllDomains: policy.allowAllDomains });
  return JSON.stringify(list.policy.allowedDomains) === JSON.stringify(policy.allowedDomains) ? list : undefined;
}

/** Where the states of other stacks are read. */
interface States extends Pick<Project, "stacks" | "each"> {
  terraform(stack: SynthesizedStack): Pick<StackTerraform, "pullState">;
}

/** The ids of the deployments that are in a stack's state, or that its program imports into it. */
export function managedDeployments({ messengers }: SynthesizedStack, state: State | undefined): readonly string[] {
  const imported = messengers.flatMap(({ importId }) => importId ?? []);
  return state === undefined ? imported : [...imported, ...rememberedDeploymentIds(state, messengers)];
}

/**
 * The same of the other stacks of the project: of those that declare a deployment of the same name as one of these, because a brand's
 * production may be called like another brand's, or of all, because Messengers of one environment may have the same domains. A state that cannot be read has none: it may be another pipeline's business.
 */
export async function managedElsewhere(
  project: States,
  stacks: readonly SynthesizedStack[],
  which: ManagedElsewhere,
): Promise<ReadonlySet<string>> {
  const names = new Set(stacks.flatMap(namesIn));
  const others = project.stacks.filter(
    (other) => !stacks.includes(other) && namesIn(other).some((name) => which === "all" || names.has(name)),
  );
  const ids = await project.each(others, async (other) => {
    const state = await project
      .terraform(other)
      .pullState()
      .catch(() => undefined);
    return managedDeployments(other, state);
  });
  return new Set(ids.flat());
}

function namesIn({ messengers }: SynthesizedStack): readonly string[] {
  return messengers.map(({ name }) => name);
}

/** What is declared, remembered and live of one Messenger. */
export interface ExaminedMessenger extends KnownMessenger {
  readonly audit: Audit;
}

/** A stack with its state and what Genesys serves of it. */
export interface ExaminedStack {
  readonly stack: SynthesizedStack;
  readonly terraform: StackTerraform;
  readonly state: State | undefined;
  readonly messengers: readonly ExaminedMessenger[];
}

/** A stack that could not be examined, and why. */
interface UnexaminedStack {
  readonly stack: SynthesizedStack;
  readonly problem: unknown;
}

/** What came of the examination of one stack. */
export type Examination = ExaminedStack | UnexaminedStack;

/** Whether it is known what Genesys serves of a stack. */
export function isKnown(examination: Examination): examination is ExaminedStack {
  return !("problem" in examination) && examination.messengers.every(({ audit }) => audit.verdict !== "unknown");
}

/** What an examination can be told. */
export interface ExaminationOptions {
  /** Leaves the platform API alone: the public files need no credentials. @default false */
  readonly publicOnly?: boolean;
  readonly progress?: Progress;
}

/** Reads the states of stacks, and what Genesys serves of their Messengers. It changes nothing. */
export async function examine(
  project: Project,
  stacks: readonly SynthesizedStack[],
  options: ExaminationOptions = {},
): Promise<readonly Examination[]> {
  const { publicOnly = false, progress } = options;
  const read = await project.each(stacks, (stack) => readState(project, stack));
  const subjects = read.flatMap((each) => ("problem" in each ? [] : each.subjects.map(({ subject }) => subject)));
  const audits = await unlessInterrupted(project.options.interruption, () =>
    auditAll(subjects, {
      publicOnly,
      managed: new Set(read.flatMap((each) => ("problem" in each ? [] : managedDeployments(each.stack, each.state)))),
      managedElsewhere: (which) => managedElsewhere(project, stacks, which),
      ...(progress !== undefined && { onProgress: progress }),
    }),
  );
  const auditOf = new Map(audits.map((audit, index) => [subjects[index], audit]));
  return read.map((each) => {
    if ("problem" in each) return each;
    const { subjects: own, ...rest } = each;
    const messengers = own.flatMap(({ subject, ...messenger }) => {
      const audit = auditOf.get(subject);
      return audit === undefined ? [] : { ...messenger, audit };
    });
    return { ...rest, messengers };
  });
}

interface Subject extends KnownMessenger {
  readonly subject: AuditSubject;
}

interface ReadStack extends Omit<ExaminedStack, "messengers"> {
  readonly subjects: readonly Subject[];
}

async function readState(project: Project, stack: SynthesizedStack): Promise<ReadStack | UnexaminedStack> {
  try {
    const terraform = project.terraform(stack);
    const state = await terraform.pullState();
    const endpoints = endpointsOf(stack, project.options.environment);
    const subjects = stack.messengers.map((declared): Subject => {
      const remembered = state === undefined ? undefined : rememberedDeployment(state, declared);
      const derived = allowListOf(stack, declared);
      const configuration =
        state === undefined || remembered !== undefined ? undefined : rememberedConfiguration(state, declared);
      const known = { declared, remembered, derived, ...(configuration !== undefined && { configuration }) };
      return { ...known, subject: auditSubject(stack, state, known, { endpoints, program: project.binary.command }) };
    });
    return { stack, terraform, state, subjects };
  } catch (problem) {
    return { stack, problem };
  }
}
