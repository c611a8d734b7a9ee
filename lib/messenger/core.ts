import { App, Lazy, TerraformStack, Tokenization } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { isUnresolved } from "./property-check";

/**
 * The two cores, and what a program on each imports this library from. One source serves both: scripts/build.mjs makes a copy of
 * it that loads cdktn. The cores mark their classes alike (`Symbol.for("cdktf/App")`) and share their tokens, so that neither
 * notices what is made with the other until something is missing in it.
 */
const entries = { cdktf: "cdktf-genesys-messenger", cdktn: "cdktf-genesys-messenger/cdktn" } as const;

/** A core, by the name of its package. */
type Core = keyof typeof entries;

/** Where jsii, which compiles both cores, says which class it is. Two copies of one core say the same. */
const typeInformation = Symbol.for("jsii.rtti");

/** The core that this copy of the library loads. */
const ownCore = coreOfClass(TerraformStack);

/** The core whose class it is or extends; undefined of a class that extends none. */
function coreOfClass(made: unknown): Core | undefined {
  if (typeof made !== "function") return undefined;
  const information: unknown = Object.getOwnPropertyDescriptor(made, typeInformation)?.value;
  const name = typeof information === "object" && information !== null && "fqn" in information ? information.fqn : "";
  if (typeof name === "string" && name.startsWith("cdktf.")) return "cdktf";
  if (typeof name === "string" && name.startsWith("cdktn.")) return "cdktn";
  return coreOfClass(Object.getPrototypeOf(made));
}

/** Two cores where there may be one: the one that this copy of the library loads, and another. */
export interface Mixture {
  readonly own: Core;
  readonly other: Core;
}

/** The answers of `mixtureOf`, by class: a stack may hold thousands of constructs. */
const known = new WeakMap<object, Mixture | "none">();

/** Both cores, where an object is made with the other one. */
function mixtureOf(made: object): Mixture | undefined {
  if (!("constructor" in made)) return undefined; // `Object.create(null)`
  const { constructor } = made;
  const before = known.get(constructor);
  if (before !== undefined) return before === "none" ? undefined : before;
  const other = coreOfClass(constructor);
  const mixture = ownCore && other && other !== ownCore ? { own: ownCore, other } : undefined;
  known.set(constructor, mixture ?? "none");
  return mixture;
}

/** What a program on that core imports this library from. */
export function entryFor(core: Core): string {
  return entries[core];
}

/**
 * The scope of a construct of this library.
 *
 * @param made the name of its class, by which programs import it
 * @throws when the scope, what is around it, or another stack of the app is made with the other core
 */
export function inOwnCore(scope: Construct, made: string, id: string): Construct {
  if (!Construct.isConstruct(scope)) return scope;
  for (const around of scope.node.scopes) {
    const mixture = mixtureOf(around);
    if (mixture === undefined) continue;
    const { own, other } = mixture;
    const place = around.node.path === "" ? "its app" : `"${around.node.path}"`;
    throw new Error(
      `${made} "${id}" is made with ${own}, and ${place} with ${other}: import ${made} from "${entries[other]}".`,
    );
  }
  refuseOtherStacks(scope);
  return scope;
}

/** @throws when a stack of the construct's app, or anything else that is in no stack, is made with the other core */
export function refuseOtherStacks({ node: { root } }: IConstruct): void {
  const waiting = [...root.node.children];
  for (const construct of waiting) {
    refuseOtherCore([construct]);
    if (!TerraformStack.isStack(construct)) waiting.push(...construct.node.children);
  }
}

/** @throws when one of the constructs of a stack or an app is made with the other core: it may then not be synthesised */
export function refuseOtherCore(constructs: readonly IConstruct[]): void {
  for (const construct of constructs) {
    const mixture = mixtureOf(construct);
    if (mixture === undefined) continue;
    const { own, other } = mixture;
    const around = construct.node.scopes.slice(0, -1).some((scope) => TerraformStack.isStack(scope)) ? "stack" : "app";
    throw new Error(
      `"${construct.node.path}" is made with ${other}, and its ${around} with ${own}: import it from "${own}", or make everything with ` +
        `${other} and import from "${entries[other]}".`,
    );
  }
}

/** The constructs beside this one and beside what it is in, up to its stack. */
export function neighboursOf({ node }: IConstruct): readonly IConstruct[] {
  return node.scopes.filter((scope) => !App.isApp(scope)).flatMap(({ node: { children } }) => children);
}

/** @throws when one of the properties of a construct of this library is made with the other core, or refers to what is */
export function refuseOtherCoreIn(properties: object, made: string, id: string): void {
  for (const [name, value] of ownValues(properties)) {
    const mixture = mixtureIn(value);
    if (mixture === undefined) continue;
    const { own, other } = mixture;
    throw new Error(
      `The property "${name}" of ${made} "${id}" is made with ${other}, and the ${made} with ${own}: make it with ${own}, or import ` +
        `${made} from "${entries[other]}".`,
    );
  }
}

/** Both cores, where a value is made with the other one or refers to what is: a construct, a token, or what holds such. */
export function mixtureIn(value: unknown, seen = new Set<unknown>()): Mixture | undefined {
  if (typeof value === "string" || typeof value === "number") return firstMixture(tokensIn(value), seen);
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (Construct.isConstruct(value)) return value.node.scopes.map(mixtureOf).find((mixture) => mixture !== undefined);
  return mixtureOf(value) ?? firstMixture([...tokensIn(value), ...ownValues(value).map(([, one]) => one)], seen);
}

function firstMixture(values: readonly unknown[], seen: Set<unknown>): Mixture | undefined {
  for (const value of values) {
    const mixture = mixtureIn(value, seen);
    if (mixture !== undefined) return mixture;
  }
  return undefined;
}

/** What stands behind the tokens in a text, a number, a list or a map. The cores find each other's. */
function tokensIn(value: unknown): readonly unknown[] {
  if (!isUnresolved(value)) return [];
  try {
    return Tokenization.reverse(value);
  } catch {
    return []; // a text that only looks like a token: it is complained of when the stack is resolved
  }
}

/** Without getters: those of an environment read files. */
function ownValues(object: object): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(Object.getOwnPropertyDescriptors(object)).flatMap(([name, descriptor]) =>
    "value" in descriptor ? [[name, descriptor.value as unknown] as const] : [],
  );
}

/**
 * Makes something without the stack traces that the core takes of each attribute of a resource: some sixty for a Messenger's
 * configuration, which is two thirds of the time that an environment costs, and nine tenths under ts-node. The core
 * shows them only where a value cannot be resolved, and what the traces of one constructor say is where that constructor is.
 *
 * Errors keep their stack traces: `new Error` does not go through the function that is set aside.
 */
export function withoutCapturedTraces<T>(make: () => T): T {
  const own = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (own?.configurable !== true) return make();
  Object.defineProperty(Error, "captureStackTrace", { ...own, value: () => undefined });
  try {
    return make();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", own);
  }
}

/**
 * A reference to an attribute that is made when the stack is resolved, and once only. A reference that is made earlier
 * fixes the resource's address, and `overrideLogicalId` would then change nothing, without saying so.
 */
export function lateReference(attribute: () => string): string {
  const produce = once(attribute);
  return withoutCapturedTraces(() => Lazy.stringValue({ produce }));
}

/** The same of an attribute that is a list. */
export function lateListReference(attribute: () => string[]): string[] {
  const produce = once(attribute);
  return withoutCapturedTraces(() => Lazy.listValue({ produce }));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: withoutCapturedTraces(make) }).value;
}
