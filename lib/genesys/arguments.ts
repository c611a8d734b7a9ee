import { type ApiObject, isApiObject, valueAt } from "./api-path";
import { type Attribute, type Block, type NestedBlock } from "./provider-schema";

/** The arguments of a resource or of a block under their Terraform names; what has no value is not there. */
export interface Arguments {
  readonly [name: string]: ArgumentValue;
}

/** The value of an argument: a block is an object, or one of a list of them. */
export type ArgumentValue = null | boolean | number | string | readonly ArgumentValue[] | Arguments;

/** What Terraform would import of an answer of the API: every argument that has a value there. */
export function argumentsIn(block: Block, answer: ApiObject): Arguments {
  const look = (place: Attribute | NestedBlock): unknown => {
    const value = place.api === undefined ? undefined : valueAt(answer, place.api);
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
export function isDecided(name: string, { mode }: Attribute): boolean {
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
