import { type Drift } from "../audit/drift";
import { type Plan } from "../terraform/stack-terraform";
import { type ExaminedMessenger } from "./examine";
import { type Repair } from "./repairs";

/** Asks a yes-or-no question. */
export type Confirm = (question: string) => Promise<boolean>;

/** The wording of what an operation found or did, for people. */
export interface Wording {
  /** The drift of one Messenger, a line each. */
  readonly drifts: (drifts: readonly Drift[]) => readonly string[];
  /** What is written into the state of a stack, a line each. */
  readonly repairs: (stack: string, repairs: readonly Repair[]) => readonly string[];
  /** What is applied to a stack, and what visitors meet until then. */
  readonly plan: (stack: string, plan: Plan, messengers: readonly ExaminedMessenger[]) => string;
}
