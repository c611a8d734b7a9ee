import { TerraformStack } from "cdktf";
import { type IConstruct } from "constructs";
import { quote } from "../base/problem";
import { type WebMessenger } from "../messenger";
import { entryFor, mixtureIn, type Mixture } from "../messenger/core";
import { type NextEnvironment } from "../sources";

/**
 * What can be looked at: an environment, a `WebMessenger`, any construct that holds some (a `MessengerStack`, another
 * `TerraformStack`, an `App`), or the text that `Testing.synth` returns.
 */
export type Subject = NextEnvironment | IConstruct | string;

/**
 * Looks at the form, not at a class: a test may have another copy of the library than the program that it tests.
 *
 * @throws when it is none of these, or a construct that is made with the other core
 */
export function asSubject(value: unknown): Subject {
  const mixture = isConstruct(value) ? mixtureIn(value) : undefined;
  if (isConstruct(value) && mixture !== undefined) throw ofOtherCore(value, mixture);
  if (typeof value === "string" || isConstruct(value) || isEnvironment(value)) return value;
  throw new Error(
    `Invalid subject ${quote(value)}: expected an environment, a WebMessenger, a stack, an app, or what Testing.synth returned`,
  );
}

function ofOtherCore({ node }: IConstruct, { own, other }: Mixture): Error {
  const subject = node.path === "" ? "The app" : `"${node.path}"`;
  return new Error(
    `${subject} is made with ${other}, and the test with ${own}: import from "${entryFor(other)}/testing" instead of ` +
      `"${entryFor(own)}/testing".`,
  );
}

export function isConstruct(value: unknown): value is IConstruct {
  return isObject(value) && "node" in value && isObject(value.node) && "findAll" in value.node;
}

/** The stacks that a construct holds, itself included. */
export function stacksIn(construct: IConstruct): readonly TerraformStack[] {
  return construct.node.findAll().filter((one) => TerraformStack.isStack(one));
}

/** The Messengers that the program makes in a construct or below it; those that it only refers to declare no domains. */
export function messengersIn(construct: IConstruct): readonly WebMessenger[] {
  return construct.node.findAll().filter(isWebMessenger);
}

function isEnvironment(value: unknown): value is NextEnvironment {
  return isObject(value) && "allowList" in value && "with" in value;
}

function isWebMessenger(construct: IConstruct): construct is WebMessenger {
  return "deployment" in construct && "environment" in construct && isEnvironment(construct.environment);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
