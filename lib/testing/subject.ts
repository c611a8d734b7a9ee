import { Aspects, TerraformStack, Testing } from "cdktf";
import { type IConstruct } from "constructs";
import { type JsonRecord, parseRecord } from "../base/json";
import { quote } from "../base/problem";
import { entryFor, type Mixture, mixtureIn } from "../messenger/core";
import { type WebMessenger } from "../messenger/web-messenger";
import { type NextEnvironment } from "../sources/next-environment";

/** How many constructs and aspects each stack had when its aspects were last run. */
const visited = new WeakMap<TerraformStack, number>();

/**
 * What Terraform is given of the stack that a construct is in.
 *
 * Aspects run once for each state of the tree: one that appends to a description would otherwise append again at every
 * expectation.
 */
export function synthesised(construct: IConstruct): JsonRecord {
  const stack = TerraformStack.of(construct);
  const size = stack.node.findAll().reduce((sum, one) => sum + 1 + Aspects.of(one).all.length, 0);
  if (visited.get(stack) === size) return record(JSON.stringify(stack.toTerraform()));
  visited.set(stack, size);
  return record(Testing.synth(stack));
}

/**
 * @throws when Testing.synth did not return the text
 */
export function record(text: string): JsonRecord {
  const parsed = parseRecord(text);
  if (parsed !== undefined) return parsed;
  throw new Error(
    `"${text.slice(0, 40)}" is not a synthesised stack.\n\nWrite the stack itself, or what Testing.synth returned.`,
  );
}

/**
 * What can be looked at: an environment, a `WebMessenger`, any construct that holds some (a `MessengerStack`, another
 * `TerraformStack`, an `App`), or the text that `Testing.synth` returns.
 */
export type Subject = NextEnvironment | IConstruct | string;

/**
 * Looks at the form, not at a class: a test may have another copy of the library than the program that it tests.
 *
 * @throws when it is something else, or a construct that is made with the other core
 */
export function asSubject(value: unknown): Subject {
  const mixture = isConstructTree(value) ? mixtureIn(value) : undefined;
  if (isConstructTree(value) && mixture !== undefined) throw ofOtherCore(value, mixture);
  if (typeof value === "string" || isConstructTree(value) || isEnvironment(value)) return value;
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

export function isConstructTree(value: unknown): value is IConstruct {
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
