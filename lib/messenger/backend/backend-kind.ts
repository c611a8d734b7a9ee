import { type TerraformBackend, type TerraformStack } from "cdktf";
import {
  type Fields,
  known,
  flag as anyFlag,
  number,
  text as anyText,
  type RequiredShape,
  required as requiredShape,
  textWhere,
} from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { isApplicationName, type StateName } from "./state-name";

/** What the backends have in common that many applications can share. */
export interface SharedState {
  /**
   * The application whose states these are, the first part of every derived name: two applications that share a bucket, a
   * database or an organisation need different ones. Lower-case letters, digits and `-`, at most 40.
   * @default "genesys-messenger"
   */
  readonly application?: string;
}

// Terraform reads its backend before anything else: nothing in it may be known later.
export const text = known(anyText);
export const flag = known(anyFlag);
export const count = known(number);
export const required = (expected: string): RequiredShape<string> =>
  requiredShape(known(textWhere(expected, (value) => value !== "")));

export const application = known(
  textWhere(`up to 40 lower-case letters, digits and "-", such as "web-shop"`, isApplicationName),
);

/** One kind of backend: what its properties mean to Terraform. */
export interface BackendKind<State> {
  /** Every property but `type`. What is not among them is refused: it would be ignored, or be a credential. */
  readonly properties: Fields<Omit<State, "type">>;
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
