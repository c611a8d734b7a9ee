import { type Audit, auditAll, type AuditSubject } from "../../live";
import { type NextEnvironment } from "../../sources";
import {
  rememberedConfiguration,
  rememberedDeployment,
  type StackTerraform,
  type State,
  type SynthesizedStack,
} from "../../terraform";
import { allowListOf } from "./allow-list-of";
import { auditSubject, type KnownMessenger } from "./audit-subject";
import { endpointsOf } from "./endpoints";
import { managedDeployments, managedElsewhere } from "./managed-deployments";
import { type Project } from "./project";
import { type Progress, unlessInterrupted } from "./step";

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
export interface UnexaminedStack {
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
  /** Where the entries of the lists come from. @default nothing is known of it */
  readonly environments?: readonly NextEnvironment[];
  readonly progress?: Progress;
}

/** Reads the states of stacks, and what Genesys serves of their Messengers. It changes nothing. */
export async function examine(
  project: Project,
  stacks: readonly SynthesizedStack[],
  options: ExaminationOptions = {},
): Promise<readonly Examination[]> {
  const { environments = [], publicOnly = false, progress } = options;
  const read = await project.each(stacks, (stack) => readState(project, stack, environments));
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

async function readState(
  project: Project,
  stack: SynthesizedStack,
  environments: readonly NextEnvironment[],
): Promise<ReadStack | UnexaminedStack> {
  try {
    const terraform = project.terraform(stack);
    const state = await terraform.pullState();
    const endpoints = endpointsOf(stack, project.options.environment);
    const environment = environments.find(({ name }) => name === (stack.environment ?? stack.name));
    const subjects = stack.messengers.map((declared): Subject => {
      const remembered = state === undefined ? undefined : rememberedDeployment(state, declared);
      const derived = allowListOf(stack, declared, environment);
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
