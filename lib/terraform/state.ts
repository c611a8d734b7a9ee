import { type Deployment } from "../genesys/deployment";
import { type DeclaredMessenger } from "./stacks";

/** Terraform's state of one stack, format version 4. */
export interface State {
  /** Exactly as Terraform printed it. */
  readonly text: string;
  readonly serial: number;
  readonly lineage: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** What the state remembers of a deployment. */
export interface RememberedDeployment {
  readonly deployment: Deployment;
  /** The `version` of the configuration resource that it is wired to. */
  readonly configurationVersion?: string;
}

/** One value of the state to replace, so that the next plan sees what is live. */
export type StateEdit =
  | { readonly address: string; readonly attribute: "allowed_domains"; readonly value: null }
  | { readonly address: string; readonly attribute: "version"; readonly value: string };

/**
 * @returns undefined where the text is empty: there is no state yet
 * @throws StackError for what is no state of format version 4
 */
export function parseState(text: string): State | undefined {
  throw new Error(`not written yet: ${text.length}`);
}

/**
 * What the state remembers of a declared deployment; undefined where it has none.
 *
 * @throws StackError for a state that has it in a shape that this version does not understand
 */
export function rememberedDeployment(state: State, messenger: DeclaredMessenger): RememberedDeployment | undefined {
  throw new Error(`not written yet: ${state.lineage} ${messenger.address}`);
}

/**
 * The same state with the values replaced and the serial raised by one; every other byte is kept.
 *
 * @throws StackError for a resource that is not there, or not in a shape that this version understands
 */
export function editState(state: State, edits: readonly StateEdit[]): State {
  throw new Error(`not written yet: ${state.lineage} ${edits.length}`);
}
