import { type TerraformBackend, type TerraformStack } from "cdktf";
import { type PropertyCheck } from "../property-check";
import { type StateName } from "./state-name";

/** What the backends have in common that many applications can share. */
export interface SharedState {
  /**
   * The application whose states these are, the first part of every derived name: two applications that share a bucket, a
   * database or an organisation need different ones. Lower-case letters, digits and `-`, at most 40.
   * @default "genesys-messenger"
   */
  readonly application?: string;
}

/** What a property has to be, for programs that no compiler has checked. */
export interface PropertyForm {
  readonly type: "string" | "boolean" | "number";
  /** Given where nothing works without the property: what to write. */
  readonly required?: string;
}

export const text: PropertyForm = { type: "string" };
export const flag: PropertyForm = { type: "boolean" };
export const count: PropertyForm = { type: "number" };
export const required = (remedy: string): PropertyForm => ({ type: "string", required: remedy });

/** One kind of backend: what its properties mean to Terraform. */
export interface BackendKind<State> {
  /** Every property but `type`. What is not among them is refused: it would be ignored, or be a credential. */
  readonly properties: Readonly<Record<Exclude<keyof State, "type">, PropertyForm>>;
  /** Where Terraform finds the credentials when it runs, for people who look for a property to write them in. */
  readonly credentials: string;
  /** What is wrong with the properties beyond their form. */
  check?(state: State, check: PropertyCheck): void;
  /** The name of the state: derived, unless the program says otherwise. */
  nameOf(state: State, name: StateName): string;
  /** Where the state of that name is, as a person would write it. No two stacks of an app may have the same. */
  placeOf(state: State, name: string): string;
  make(stack: TerraformStack, state: State, name: string): TerraformBackend;
}
