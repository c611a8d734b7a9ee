import { type IConstruct } from "constructs";
import { conflicting, invalid, missing, type Problem } from "../base/problem";
import { instance, type Shape, text } from "../base/shape";
import { checkGiven, type Given, problemsOf, refuseProblems } from "../base/shape-check";

/** How the cores write a token: in a text, as the only value of a list, as a key of a map. */
const inText = /\$\{TfToken\[[\w:.-]+\]\}/;
const inList = /#\{TfToken\[[\w:.-]+\]\}/;
const inMap = /&\{TfToken\[[\w:.-]+\]\}/;

/**
 * Whether a value stands for one that only Terraform knows, told by its form: what `Token.isUnresolved` of either core says. The
 * command checks properties as the constructs do, and has to run whichever core is installed.
 */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === "string") return inText.test(value);
  if (typeof value === "number") return isTokenNumber(value, 0xfdff);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value) && value.length === 1) {
    const only: unknown = value[0];
    if (typeof only === "number") return isTokenNumber(only, 0xfbff);
    return typeof only === "string" && inList.test(only);
  }
  if ("resolve" in value && typeof value.resolve === "function") return true;
  return Object.keys(value).some((key) => inMap.test(key));
}

/** A number that is a token has a mark in its first sixteen bits. */
function isTokenNumber(value: number, mark: number): boolean {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return bits.getUint16(0) === mark;
}

/**
 * Collects what is wrong with the properties of a construct, for a report of everything at once. A property that is absent is
 * right, and so is a Terraform token: its value is known to Terraform alone.
 */
export class PropertyCheck {
  constructor(
    readonly problems: Problem[] = [],
    private readonly path = "",
  ) {}

  /** The check of what lies under a property: `in("screens", 0)` for the first of its values. */
  in(property: string, index?: number): PropertyCheck {
    const element = index === undefined ? "" : `[${index}]`;
    return new PropertyCheck(this.problems, `${this.path}${property}${element}.`);
  }

  /** Compares the properties with what they must be. */
  shape(shape: Shape, properties: unknown): void {
    const path = this.path.slice(0, -1);
    this.problems.push(...problemsOf(shape, properties, { path, isDeferred }));
  }

  /**
   * What no shape says.
   *
   * @param expected what is expected, or what is wrong and what to do, after the value and a colon
   */
  expect<T>(property: string, value: T | undefined, holds: (value: T) => boolean, expected: string): void {
    if (value === undefined || isKnownToTerraformOnly(value) || holds(value)) return;
    this.refuse(property, value, expected);
  }

  /** What must be there, as the compiler would say. */
  missing(property: string, expected: string): void {
    this.problems.push(missing(this.path + property, expected));
  }

  /**
   * Properties that exclude each other.
   *
   * @param remedy what to do, in the imperative
   */
  conflict(property: string, others: readonly string[], remedy: string): void {
    this.problems.push(conflicting(this.path + property, others, remedy));
  }

  /** What is wrong in any case. */
  refuse(property: string, value: unknown, expected: string): void {
    const path = this.path + property;
    this.problems.push(value === undefined ? missing(path, expected) : invalid(path, value, expected));
  }
}

/**
 * Checks what a construct is made from, as the compiler would: a type that is wrong would otherwise be a `TypeError` somewhere else.
 *
 * @param kind what is made, such as `WebMessenger`
 * @throws an error with everything that is wrong
 */
export function checkConstruct(
  kind: string,
  scope: unknown,
  id: unknown,
  check?: (properties: PropertyCheck) => void,
): void {
  const problems = [...problemsOf(constructShape, scope, { root: "scope" }), ...problemsOf(text, id, { root: "id" })];
  const properties = new PropertyCheck(problems);
  check?.(properties);
  if (!problems.some(({ isOfType }) => isOfType)) return;
  const around = isConstruct(scope) && scope.node.path !== "" ? `${scope.node.path}/` : "";
  refuseProblems(
    typeof id === "string" ? `${kind} "${around}${id}" cannot be made` : `${kind} cannot be made`,
    problems,
  );
}

/** A construct that something is made in. */
export const constructShape = instance<IConstruct>("a construct, such as the app or a stack", isConstruct);

/** Asked of its form: a program may have several copies of the package. */
export function isConstruct(value: unknown): value is IConstruct {
  return typeof value === "object" && value !== null && "node" in value;
}

/** Checks what a function is called with. See `checkGiven`. */
export function checkCall(call: string, given: Given): void {
  checkGiven(call, given, { isDeferred });
}

/** A token, a Terraform expression that was written by hand, or a list that is or holds one. */
export function isKnownToTerraformOnly(value: unknown): boolean {
  if (Array.isArray(value)) return isUnresolved(value) || value.some(isKnownToTerraformOnly);
  return isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}

/** The same of a whole list. */
function isDeferred(value: unknown): boolean {
  return Array.isArray(value) ? isUnresolved(value) : isKnownToTerraformOnly(value);
}
