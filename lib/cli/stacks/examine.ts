import { type DeploymentStatus } from "../../genesys/deployment";
import { type Audit, auditAll, type AuditSubject } from "../../live";
import { type AllowList } from "../../origins";
import { type NextEnvironment } from "../../sources";
import {
  type DeclaredMessenger,
  type RememberedDeployment,
  rememberedDeployment,
  type StackTerraform,
  type State,
  type SynthesizedStack,
} from "../../terraform";
import { unlessInterrupted } from "../interruption";
import { type Progress } from "../step";
import { allowListOf } from "./allow-list-of";
import { endpointsOf } from "./endpoints";
import { type Project } from "./project";

/** What is declared, remembered and live of one Messenger. */
export interface ExaminedMessenger {
  readonly declared: DeclaredMessenger;
  /** What the state has of it; undefined where it was never deployed. */
  readonly remembered: RememberedDeployment | undefined;
  readonly derived: AllowList | undefined;
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
    auditAll(subjects, { publicOnly, ...(progress !== undefined && { onProgress: progress }) }),
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

interface Subject extends Omit<ExaminedMessenger, "audit"> {
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
      const subject = {
        name: stack.messengers.length === 1 ? stack.name : `${stack.name} (${declared.name})`,
        derived,
        state: remembered?.deployment,
        endpoints,
        ...(remembered?.configurationVersion !== undefined && {
          stateConfigurationVersion: remembered.configurationVersion,
        }),
        ...(isStatus(declared.status) && { status: declared.status }),
      };
      return { declared, remembered, derived, subject };
    });
    return { stack, terraform, state, subjects };
  } catch (problem) {
    return { stack, problem };
  }
}

function isStatus(text: string | undefined): text is DeploymentStatus {
  return text === "Active" || text === "Inactive";
}
