import { type Block, isComputed } from "./provider-schema";
import { type Arguments, type ArgumentValue, isArguments, isDecided, isOne } from "./arguments";

/** An argument that a program gives another value than Genesys has. */
export interface ArgumentDifference {
  /** The way to it, such as `["messenger", "launcher_button"]`: to a value, a block, or a list of blocks as a whole. */
  readonly path: readonly string[];
  /** Null where Genesys has none. */
  readonly live: ArgumentValue;
  /** Null where the program declares none. */
  readonly declared: ArgumentValue;
  /** The program is silent and the provider keeps what is there: no plan changes it. */
  readonly isKept?: true;
}

/**
 * The arguments that a plan would change, as the provider's SDK sees it: an empty text or list is the same as none, and where
 * the program is silent `false` and 0 are the same as none. What the program leaves to Genesys, and Genesys has a value for, is
 * no change to a plan; it is a difference all the same, because it is then not declared.
 */
export function differences(block: Block, live: Arguments, declared: Arguments): readonly ArgumentDifference[] {
  const found: ArgumentDifference[] = [];
  const differ = (name: string, isKept = false): void => {
    const values = { live: live[name] ?? null, declared: declared[name] ?? null };
    found.push({ path: [name], ...values, ...(isKept && { isKept }) });
  };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (isDecided(name, attribute)) continue;
    const wanted = declared[name] ?? attribute.default ?? null;
    const before = live[name] ?? null;
    const mayBeSilent = !isComputed(attribute) && isZero(before);
    const missing = attribute.mode === "required" && declared[name] === undefined;
    if (missing || !(isSame(wanted, before) || (wanted === null && mayBeSilent)))
      differ(name, wanted === null && isComputed(attribute));
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const [before, wanted] = [live[name], declared[name]];
    if (isOne(nested) && isArguments(before) && isArguments(wanted)) {
      for (const { path, ...inner } of differences(nested, before, wanted))
        found.push({ path: [name, ...path], ...inner });
    } else if (isOne(nested) ? before !== wanted : !isSameList(nested, listOf(before), listOf(wanted))) {
      differ(name, wanted === undefined && nested.computed);
    }
  }
  return found;
}

function isSameList(block: Block, live: readonly Arguments[], declared: readonly Arguments[]): boolean {
  return (
    live.length === declared.length &&
    live.every((item, index) => differences(block, item, declared[index] ?? {}).length === 0)
  );
}

function listOf(value: ArgumentValue | undefined): readonly Arguments[] {
  return Array.isArray(value) ? (value as readonly ArgumentValue[]).filter(isArguments) : [];
}

function isSame(one: ArgumentValue, other: ArgumentValue): boolean {
  if (isEmpty(one) && isEmpty(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

function isZero(value: ArgumentValue): boolean {
  return isEmpty(value) || value === false || value === 0;
}

function isEmpty(value: ArgumentValue): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
