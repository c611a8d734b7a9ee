import {
  type ApiObject,
  type Attribute,
  type Block,
  isApiObject,
  isComputed,
  type NestedBlock,
  schemaValueAt,
} from "./provider-schema";

/** The arguments of a resource or of a block under their Terraform names; what has no value is not there. */
export interface Arguments {
  readonly [name: string]: ArgumentValue;
}

/** The value of an argument: a block is an object, or one of a list of them. */
export type ArgumentValue = null | boolean | number | string | readonly ArgumentValue[] | Arguments;

/** What Terraform would import of an answer of the API: every argument that has a value there. */
export function argumentsIn(block: Block, answer: ApiObject): Arguments {
  const look = (place: Attribute | NestedBlock): unknown => {
    const value = place.api === undefined ? undefined : schemaValueAt(answer, place.api);
    if ("attributes" in place || !isEmpty(value)) return value;
    // Terraform wants a required argument in any case.
    return place.mode === "required" ? nothing[place.type] : undefined;
  };
  return read(block, look, argumentsIn);
}

/** What the properties of one of the generated bindings declare. */
export function declaredArguments(block: Block, config: ApiObject): Arguments {
  return read(block, (_, name) => config[camelCase(name)], declaredArguments);
}

/** The arguments among values that have Terraform's own names, as a state or a synthesised stack has them: a block is an object or a list. */
export function argumentsUnder(block: Block, values: ApiObject): Arguments {
  const look = (place: Attribute | NestedBlock, name: string): unknown => {
    const value = values[name];
    if (!("attributes" in place)) return value;
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return isOne(place) ? items[0] : items;
  };
  return read(block, look, argumentsUnder);
}

/** The name of an argument in the bindings: `custom_i18n_labels` is `customI18NLabels`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])|(?<=\d)([a-z])/g, (_, after?: string, digit?: string) =>
    (after ?? digit ?? "").toUpperCase(),
  );
}

/** Whether the block is an object rather than a list of them. */
export function isOne({ nesting, max }: NestedBlock): boolean {
  return nesting === "list" && max === 1;
}

export function isArguments(value: ArgumentValue | undefined): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Look = (place: Attribute | NestedBlock, name: string) => unknown;

function read(block: Block, look: Look, inner: (block: Block, value: ApiObject) => Arguments): Arguments {
  const found: Record<string, ArgumentValue> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const known = isDecided(name, attribute) ? undefined : plainValue(look(attribute, name));
    if (known !== undefined) found[name] = known;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = look(nested, name);
    if (isOne(nested)) {
      if (isApiObject(value)) found[name] = inner(nested, value);
    } else if (Array.isArray(value) && value.length > 0) {
      found[name] = value.filter(isApiObject).map((item) => inner(nested, item));
    }
  }
  return found;
}

/** Whether Genesys decides it: the version, the snippet, the id of what is made (but not of what is referred to). */
function isDecided(name: string, { mode }: Attribute): boolean {
  return mode === "computed" || (name === "id" && mode !== "required");
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

const nothing: Readonly<Record<Attribute["type"], ArgumentValue>> = {
  string: "",
  bool: false,
  number: 0,
  "list(string)": [],
};

function plainValue(value: unknown): ArgumentValue | undefined {
  if (Array.isArray(value)) return value.filter((each) => typeof each === "string");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

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
