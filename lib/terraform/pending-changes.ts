import { isDeepStrictEqual } from "node:util";
import { type ArgumentDifference, argumentsUnder, type ArgumentValue, differences } from "../genesys/arguments";
import { type Block, resourceSchema } from "../genesys/provider-schema";
import { configurationType, type DeclaredMessenger, deploymentType, isLiteral } from "./declared-messengers";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "../base/json";
import { asRemembered } from "./remembered-deployment";
import { type SynthesizedStack } from "./stacks";
import { instanceAt, type State } from "./state";

/** One way in which the next plan is not empty that the state alone tells, whatever is live. */
export type PendingChange =
  /** Terraform would replace the resource. */
  | { readonly kind: "tainted"; readonly address: string }
  /** The state has the deployment, and not the configuration that it is wired to. */
  | { readonly kind: "configuration-missing"; readonly address: string }
  /** The resource moves in the state. */
  | { readonly kind: "moved"; readonly from: string; readonly to: string }
  /** The program gives arguments other values than the last deploy did. */
  | { readonly kind: "arguments"; readonly address: string; readonly names: readonly string[] }
  /** The state has a resource that the program does not declare, of any provider. */
  | { readonly kind: "undeclared"; readonly address: string; readonly id: string; readonly isReleased: boolean }
  /** The program declares a resource of another kind than a deployment that the state does not have. */
  | { readonly kind: "resource-missing"; readonly address: string }
  /** The state lacks outputs of the stack, has them with other values, or has some that the program does not declare. */
  | {
      readonly kind: "outputs-missing" | "outputs-changed" | "outputs-removed";
      readonly names: readonly string[];
    };

/** What the state has of a resource and the program leaves out, where the provider keeps that: no plan changes it. */
export interface KeptArgument {
  /** Its path, such as `video.agent`. */
  readonly name: string;
  /** Never nothing: a block has at least one value. */
  readonly value: ArgumentValue;
}

/** What the next plan changes of a deployment and its configuration, as far as the program and the state tell without Genesys. */
export function pendingChanges(
  stack: Pick<SynthesizedStack, "content">,
  state: State,
  messenger: DeclaredMessenger,
): readonly PendingChange[] {
  const { content = {} } = stack;
  const there = asRemembered(state, messenger);
  if (instanceAt(state, there.address) === undefined) return undeclared(content, state);
  return [
    ...addressesOf(messenger, there).flatMap(({ to, from }) => ofResource(content, state, from, to)),
    ...otherConfiguration(state, there),
    ...undeclared(content, state),
    ...missingResources(content, state),
    ...outputChanges(content, state, messenger, there),
  ];
}

/**
 * What the provider keeps of a deployment and its configuration although the program says nothing of it. The status and the version of
 * the configuration that is shown are compared with what is live.
 */
export function keptArguments(
  { content = {} }: Pick<SynthesizedStack, "content">,
  state: State,
  messenger: DeclaredMessenger,
): readonly KeptArgument[] {
  return addressesOf(messenger, asRemembered(state, messenger)).flatMap(({ from, to }) => {
    const attributes = instanceAt(state, from)?.attributes;
    const [type = "", name = ""] = to.split(".");
    const declared = recordAt(content, "resource", type, name);
    if (attributes === undefined || Object.keys(declared).length === 0) return [];
    return argumentDifferences(type, declared, attributes)
      .filter(({ isKept = false, live }) => isKept && saysSomething(live))
      .map(({ path, live }) => ({ name: path.join("."), value: live }))
      .filter(({ name }) => name !== "status" && name !== "configuration.version");
  });
}

function saysSomething(value: ArgumentValue): boolean {
  return typeof value === "object" ? Object.values(value ?? {}).some(saysSomething) : Boolean(value);
}

/** Where the configuration and the deployment are in the state, and where the program has them. */
function addressesOf(
  to: DeclaredMessenger,
  from: DeclaredMessenger,
): readonly { readonly to: string; readonly from: string }[] {
  const pairs = [
    { to: to.configurationAddress, from: from.configurationAddress },
    { to: to.address, from: from.address },
  ];
  return pairs.flatMap(({ to, from }) => (to === undefined || from === undefined ? [] : { to, from }));
}

function ofResource(stack: JsonRecord, state: State, from: string, to: string): readonly PendingChange[] {
  const instance = instanceAt(state, from);
  if (instance === undefined) return [{ kind: "configuration-missing", address: to }];
  const [type = "", name = ""] = to.split(".");
  const names = changedArguments(type, recordAt(stack, "resource", type, name), instance.attributes);
  return [
    ...(instance.isTainted ? [{ kind: "tainted", address: from } as const] : []),
    ...(from === to ? [] : [{ kind: "moved", from, to } as const]),
    ...(names.length === 0 ? [] : [{ kind: "arguments", address: to, names } as const]),
  ];
}

/**
 * The arguments whose values a plan would change from those of the state. What a Terraform expression decides is left out, and what
 * the program tells Terraform to ignore. The names are paths, such as `messenger.launcher_button.visibility`.
 */
export function changedArguments(type: string, declared: JsonRecord, attributes: JsonRecord): readonly string[] {
  return argumentDifferences(type, declared, attributes)
    .filter(({ isKept = false }) => !isKept)
    .map(({ path }) => path.join("."));
}

function argumentDifferences(
  type: string,
  declared: JsonRecord,
  attributes: JsonRecord,
): readonly ArgumentDifference[] {
  const block = resourceSchema(type);
  const before = argumentsUnder(block, attributes);
  const wanted = argumentsUnder(block, resolved(block, declared, attributes));
  const { ignore_changes: ignored = [] } = recordAt(declared, "lifecycle");
  if (ignored === "all") return [];
  const all: readonly unknown[] = Array.isArray(ignored) ? ignored : [];
  return differences(block, before, wanted).filter(({ path: [first] }) => !all.includes(first));
}

/** What the program declares, with the state's values in the place of expressions. */
function resolved(block: Block, declared: JsonRecord, attributes: JsonRecord): JsonRecord {
  const dynamic = Object.keys(recordAt(declared, "dynamic"));
  const known = Object.keys(block.attributes).map((name) => {
    const value = declared[name];
    return [name, hasExpression(value) ? attributes[name] : value] as const;
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]) => {
    if (dynamic.includes(name) || typeof declared[name] === "string") return [name, attributes[name]] as const;
    const before = blocksOf(attributes, name);
    return [name, blocksOf(declared, name).map((each, index) => resolved(nested, each, before[index] ?? {}))] as const;
  });
  return Object.fromEntries([...known, ...blocks]);
}

function hasExpression(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasExpression);
  return typeof value === "string" && !isLiteral(value);
}

/** The state may have wired the deployment to another configuration than the one that it has at that address. */
function otherConfiguration(
  state: State,
  { address, configurationAddress }: DeclaredMessenger,
): readonly PendingChange[] {
  if (configurationAddress === undefined) return [];
  const own = instanceAt(state, configurationAddress)?.attributes["id"];
  const shown = blocksOf(instanceAt(state, address)?.attributes ?? {}, "configuration")[0]?.["id"];
  return own === undefined || own === shown ? [] : [{ kind: "arguments", address, names: ["configuration.id"] }];
}

/** What the state has beyond what the program declares or moves; modules declare what this does not see. */
function undeclared(stack: JsonRecord, state: State): readonly PendingChange[] {
  const moved = new Set(blocksOf(stack, "moved").map(({ from }) => withoutIndex(from)));
  const released = new Set(blocksOf(stack, "removed").flatMap((each) => (isKept(each) ? each["from"] : [])));
  return blocksOf(state.content, "resources").flatMap((resource) => {
    const { mode, module, name } = resource;
    const type = String(resource["type"]);
    if (mode !== "managed") return [];
    if (
      typeof module === "string" &&
      recordAt(stack, "module")[/^module\.([\w-]+)/.exec(module)?.[1] ?? ""] !== undefined
    ) {
      return [];
    }
    const isDeclared = module === undefined && isRecord(recordAt(stack, "resource", type)[String(name)]);
    const address = `${typeof module === "string" ? `${module}.` : ""}${type}.${String(name)}`;
    if (isDeclared || moved.has(address) || (typeof module === "string" && moved.has(withoutIndex(module)))) return [];
    return blocksOf(resource, "instances").map((instance) => {
      const { id } = recordAt(instance, "attributes");
      const isReleased = released.has(address);
      return { kind: "undeclared" as const, address, id: typeof id === "string" ? id : "", isReleased };
    });
  });
}

function withoutIndex(address: unknown): string {
  return String(address).replace(/\[[^\]]*\]$/, "");
}

/** What a plan would make of other resources than deployments and configurations; `count` and `for_each` may be nothing. */
function missingResources(stack: JsonRecord, state: State): readonly PendingChange[] {
  const moved = new Set(blocksOf(stack, "moved").map(({ to }) => withoutIndex(to)));
  const saved = new Set(
    blocksOf(state.content, "resources")
      .filter(
        (each) => each["mode"] === "managed" && each["module"] === undefined && blocksOf(each, "instances").length > 0,
      )
      .map(({ type, name }) => `${String(type)}.${String(name)}`),
  );
  return Object.entries(recordAt(stack, "resource"))
    .filter(([type]) => type !== deploymentType && type !== configurationType)
    .flatMap(([type, resources]) =>
      Object.entries(isRecord(resources) ? resources : {}).map(([name, each]) => ({ type, name, each })),
    )
    .filter(({ each }) => isRecord(each) && each["count"] === undefined && each["for_each"] === undefined)
    .map(({ type, name }) => `${type}.${name}`)
    .filter((address) => !saved.has(address) && !moved.has(address))
    .map((address) => ({ kind: "resource-missing", address }));
}

function isKept(removed: JsonRecord): boolean {
  return blocksOf(removed, "lifecycle")[0]?.["destroy"] === false;
}

/**
 * What the next apply does to the outputs that speak of a deployment or its configuration; of the first deployment of a stack also what it
 * does to those that speak of none. An apply that was cut short may have left some out: they are saved at its end.
 */
function outputChanges(
  stack: JsonRecord,
  state: State,
  to: DeclaredMessenger,
  from: DeclaredMessenger,
): readonly PendingChange[] {
  const declared = recordAt(stack, "output");
  const saved = recordAt(state.content, "outputs");
  const [first] = Object.keys(recordAt(stack, "resource", deploymentType)).sort();
  const isFirst = to.address === `${deploymentType}.${String(first)}`;
  const missing: string[] = [];
  const changed: string[] = [];
  for (const [name, output] of Object.entries(declared)) {
    if (!isRecord(output)) continue;
    const text = JSON.stringify(output["value"] ?? null);
    const isOurs = addressesOf(to, from).some(({ to: address }) => text.includes(`${address}.`));
    if (!isOurs && !(isFirst && !text.includes(`${deploymentType}.`))) continue;
    const before = saved[name];
    const evaluated = evaluate(output["value"] ?? null, state, addressesOf(to, from));
    if (!isRecord(before)) {
      // Terraform saves no output that is null.
      if (evaluated === undefined ? isOurs : evaluated.value !== null) missing.push(name);
    } else if (
      (evaluated !== undefined && !isDeepStrictEqual(evaluated.value, before["value"])) ||
      (output["sensitive"] === true) !== (before["sensitive"] === true)
    ) {
      changed.push(name);
    }
  }
  const removed = isFirst ? Object.keys(saved).filter((name) => declared[name] === undefined) : [];
  const kinds = [
    { kind: "outputs-missing", names: missing },
    { kind: "outputs-changed", names: changed },
    { kind: "outputs-removed", names: removed },
  ] as const;
  return kinds.filter(({ names }) => names.length > 0);
}

/** A value with what the state has in the place of references to attributes; undefined where it has any other expression. */
function evaluate(
  value: unknown,
  state: State,
  addresses: ReturnType<typeof addressesOf>,
): { readonly value: unknown } | undefined {
  if (typeof value === "string") return evaluateText(value, state, addresses);
  if (typeof value !== "object" || value === null) return { value };
  const entries = Object.entries(value).flatMap(([name, each]) => {
    const evaluated = isLiteral(name) ? evaluate(each, state, addresses) : undefined;
    return evaluated === undefined ? [] : ([[name, evaluated.value]] as const);
  });
  if (entries.length < Object.keys(value).length) return undefined;
  return { value: Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries) };
}

function evaluateText(
  text: string,
  state: State,
  addresses: ReturnType<typeof addressesOf>,
): { readonly value: unknown } | undefined {
  const attribute = (expression: string): unknown => {
    const [, address, name = ""] = /^(\w+\.[\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const place = addresses.find(({ to }) => to === address);
    return place && instanceAt(state, place.from)?.attributes[name];
  };
  const whole = attribute(/^\$\{([^{}]*)\}$/.exec(text)?.[1] ?? "");
  if (whole !== undefined) return { value: whole };
  const expression = /([$%])\1\{|\$\{([^{}]*)\}|[$%]\{/g;
  const values = Array.from(text.matchAll(expression), ([, escaped, inside]) =>
    escaped !== undefined ? `${escaped}{` : attribute(inside ?? ""),
  );
  if (!values.every((value) => typeof value === "string")) return undefined;
  let next = 0;
  return { value: text.replace(expression, () => values[next++] ?? "") };
}
