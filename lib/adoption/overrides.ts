import { type Problem } from "../base/problem";
import { type Block } from "../genesys/provider-schema";
import { type Arguments, type ArgumentValue, isArguments } from "../genesys/arguments";
import { type ArgumentDifference } from "../genesys/argument-differences";
import { isTaken } from "./provider-refusals";

/** Overrides that make the differences go, and why each of them is needed. */
export function overriding(
  block: Block,
  found: readonly ArgumentDifference[],
  refused: readonly Problem[],
): { readonly overrides: Arguments; readonly reasons: readonly string[] } {
  const able = found.filter(
    ({ path, live, declared }) => !(Array.isArray(declared) && live !== null) && isTaken(block, path, live),
  );
  const overrides = able.reduce<Arguments>((all, { path, live }) => set(all, path, live), {});
  const reasons = able.map(({ path, live }) => `${path.join(".")}: ${reasonOf(live, refused)}`);
  return { overrides, reasons };
}

function reasonOf(live: ArgumentValue, refused: readonly Problem[]): string {
  if (live === null) return "Genesys has none, and the program would write one";
  const problem = refused.find(({ value }) => JSON.stringify(live).includes(JSON.stringify(value)));
  return problem?.message ?? "no property says this, or says it in this order";
}

function set(values: Arguments, [name = "", ...rest]: readonly string[], value: ArgumentValue): Arguments {
  const inner = values[name];
  return { ...values, [name]: rest.length === 0 ? value : set(isArguments(inner) ? inner : {}, rest, value) };
}

/** What the cores make of arguments and overrides: objects are merged, lists are joined, and null takes away. */
export function applied(overrides: Arguments, declared: Arguments): Arguments {
  const result: Record<string, ArgumentValue> = { ...declared };
  for (const [name, value] of Object.entries(overrides)) {
    const before = result[name];
    if (value === null) Reflect.deleteProperty(result, name);
    else if (isArguments(value)) result[name] = applied(value, isArguments(before) ? before : {});
    else if (isList(value) && isList(before)) result[name] = [...before, ...value];
    else result[name] = value;
  }
  return result;
}

function isList(value: ArgumentValue | undefined): value is readonly ArgumentValue[] {
  return Array.isArray(value);
}
