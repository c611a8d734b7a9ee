import { type Problem } from "../base/problem";
import {
  type ArgumentDifference,
  type Arguments,
  argumentsIn,
  type ArgumentValue,
  declaredArguments,
  differences,
  isArguments,
} from "../genesys/arguments";
import { type ApiObject, type Attribute, type Block, resourceSchema } from "../genesys/provider-schema";
import { checkConfiguration, configurationOf } from "../messenger/configuration/configuration";
import { type ConfigurationProps } from "../messenger/configuration/configuration-props";
import { PropertyCheck } from "../messenger/property-check";
import {
  isRequiredProperty,
  pathsIn,
  type Properties,
  propertiesOf,
  type PropertyPath,
  propertyPath,
  type PropertyValue,
  propertyAt,
  without,
} from "./property-names";

/** What is left where synthesis refuses nothing. */
interface AcceptedProperties {
  readonly properties: Properties;
  /** What is wrong with what was left out. */
  readonly refused: readonly Problem[];
  /** What is wrong with what nothing can do without. */
  readonly refusals: readonly Problem[];
}

/** Leaves out what synthesis would refuse, with the object around it where it is nothing without it. */
function accept(block: Block, all: Properties): AcceptedProperties {
  let properties = all;
  const refused: Problem[] = [];
  for (;;) {
    const problems = problemsOf(properties);
    const removal = problems.flatMap((problem) => {
      const path = removable(block, properties, problem);
      return path === undefined ? [] : [{ problem, path }];
    })[0];
    if (removal === undefined) return { properties, refused, refusals: problems };
    refused.push(removal.problem);
    properties = without(properties, removal.path);
  }
}

/** Whether synthesis takes the properties. */
function isAccepted(properties: Properties): boolean {
  return problemsOf(properties).length === 0;
}

function problemsOf(properties: Properties): readonly Problem[] {
  const check = new PropertyCheck();
  checkConfiguration(propsOf(properties), check);
  return check.problems;
}

/** The property that a problem is about, the list that it is in, or what is around it; undefined where all must be there. */
function removable(block: Block, properties: Properties, { property }: Problem): PropertyPath | undefined {
  const [way = ""] = property.split("[");
  const steps = way.startsWith("labels.") ? ["labels"] : way.split(".");
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length);
    if (propertyAt(properties, path) !== undefined && !isRequiredProperty(block, path.join("."))) return path;
  }
  return undefined;
}

/** They are named after the arguments that they become, and hold what those may hold: the tests compare the two. */
function propsOf(properties: Properties): ConfigurationProps {
  return { defaultLanguage: "", ...properties };
}

/** Leaves out whatever makes no difference, but for the last word of an object: `homeScreen: {}` says little to a reader. */
function lean(
  block: Block,
  live: Arguments,
  all: Properties,
  declare: (properties: Properties) => Arguments,
): Properties {
  const differing = (properties: Properties): readonly string[] =>
    differences(block, live, declare(properties)).map(({ path }) => path.join("."));
  const inherent = new Set(differing(all));
  const areAccepted = isAccepted(all);
  return pathsIn(all).reduce<Properties>((kept, path) => {
    const value = propertyAt(kept, path);
    if (value === undefined || isListOfBlocks(value) || isLastOf(kept, path)) return kept;
    const less = without(kept, path);
    const isSame = differing(less).every((path) => inherent.has(path));
    return isSame && (!areAccepted || isAccepted(less)) ? less : kept;
  }, all);
}

/** A list that is there is never the same as none. */
function isListOfBlocks(value: PropertyValue): boolean {
  return Array.isArray(value) && typeof value[0] === "object";
}

function isLastOf(properties: Properties, path: PropertyPath): boolean {
  if (path.length === 1) return false;
  const around = propertyAt(properties, path.slice(0, -1));
  return typeof around === "object" && around !== null && Object.keys(around).length === 1;
}

/** Whether the provider takes a value at that place; what it refuses it refuses before it looks at what is live. */
function isTaken(block: Block, [name = "", ...rest]: readonly string[], value: ArgumentValue): boolean {
  const nested = block.blocks[name];
  if (nested !== undefined && rest.length > 0) return isTaken(nested, rest, value);
  if (nested !== undefined) return valuesIn(value).every((item) => isTakenWhole(nested, item));
  const attribute = block.attributes[name];
  return attribute === undefined || valuesIn(value).every((item) => isTakenBy(attribute, item));
}

function isTakenWhole(block: Block, value: ArgumentValue): boolean {
  return !isArguments(value) || Object.entries(value).every(([name, inner]) => isTaken(block, [name], inner));
}

function isTakenBy(
  { values, valuesIgnoreCase = false, range, length, format }: Attribute,
  value: ArgumentValue,
): boolean {
  if (typeof value === "number") return range === undefined || (value >= range[0] && value <= (range[1] ?? Infinity));
  if (typeof value !== "string") return true;
  const fold = (text: string): string => (valuesIgnoreCase ? text.toLowerCase() : text);
  if (values !== undefined && !values.some((known) => fold(known) === fold(value))) return false;
  if (length !== undefined && (value.length < length[0] || value.length > length[1])) return false;
  if (format === "hex-color") return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);
  return format === undefined || (URL.canParse(value) && new URL(value).protocol === "https:");
}

function valuesIn(value: ArgumentValue): readonly ArgumentValue[] {
  return Array.isArray(value) ? (value as readonly ArgumentValue[]) : [value];
}

/** Overrides that make the differences go, and why each of them is needed. */
function overriding(
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
  if (live === null) return "it is not set in Genesys, and the program would set it";
  const problem = refused.find(({ value }) => JSON.stringify(live).includes(JSON.stringify(value)));
  return problem?.message ?? "no property expresses this value or its order";
}

function set(values: Arguments, [name = "", ...rest]: readonly string[], value: ArgumentValue): Arguments {
  const inner = values[name];
  return { ...values, [name]: rest.length === 0 ? value : set(isArguments(inner) ? inner : {}, rest, value) };
}

/** What the cores make of arguments and overrides: objects are merged, lists are joined, and null takes away. */
function applied(overrides: Arguments, declared: Arguments): Arguments {
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

/** What the construct calls a configuration and says of it where no property does. */
interface ConfigurationTexts {
  readonly name: string;
  readonly description: string;
}

/** The part of a resource that a program declares. */
interface Reproduced {
  readonly properties: Properties;
  /** What no property can say, under the names of the provider. */
  readonly overrides: Arguments;
  /** Why each of the overrides is one: the argument, and a reason. */
  readonly reasons: readonly string[];
  /** What the program declares with all of that. */
  readonly declared: Arguments;
  /** What the provider takes no more, although Genesys has it: the program is silent, and the next deploy changes it. */
  readonly untaken: readonly ArgumentDifference[];
  /** Why synthesis refuses the properties all the same. */
  readonly refusals: readonly Problem[];
}

/** The provider's schema of a configuration, without the status: Genesys decides that, whatever a program says. */
export function configurationBlock(): Block {
  const { attributes, ...rest } = resourceSchema("genesyscloud_webdeployments_configuration");
  return { ...rest, attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== "status")) };
}

/** What Terraform would import of a version of a configuration. */
export function importedConfiguration(version: ApiObject): Arguments {
  return argumentsIn(configurationBlock(), version);
}

/**
 * The properties and overrides that declare a configuration exactly as Genesys has it. What a property would say by itself is left
 * out; what synthesis would refuse, or no property says, is an override.
 */
export function reproduceConfiguration(version: ApiObject, texts: ConfigurationTexts): Reproduced {
  const block = configurationBlock();
  const live = importedConfiguration(version);
  const declare = (properties: Properties): Arguments => declaredBy(block, properties, texts);
  const { properties: accepted, refused, refusals } = accept(block, inOrder(propertiesOf(block, withTexts(live))));
  const properties = lean(block, live, withoutInexactLists(block, live, accepted, declare), declare);
  const found = differences(block, live, declare(properties));
  const { overrides, reasons } = overriding(block, found, refused);
  const untaken = found.filter(({ path, live: value }) => !isTaken(block, path, value));
  return { properties, overrides, reasons, declared: applied(overrides, declare(properties)), refusals, untaken };
}

/**
 * With the empty texts that a program has to write: without a description the configuration would say that it is managed as code, and
 * two pictures are properties that cannot be left out.
 */
function withTexts(live: Arguments): Arguments {
  const all = withEmptyText(live, ["messenger", "home_screen"], "logo_url");
  return {
    description: "",
    ...withEmptyText(all, ["messenger", "apps", "conversations", "humanize", "bot"], "avatar_url"),
  };
}

function withEmptyText(values: Arguments, [block = "", ...rest]: readonly string[], name: string): Arguments {
  const inner = values[block];
  if (!isArguments(inner)) return values;
  return { ...values, [block]: rest.length === 0 ? { [name]: "", ...inner } : withEmptyText(inner, rest, name) };
}

/** Without the lists of blocks in which the construct would write more than Genesys has: an override can only add to a list. */
function withoutInexactLists(
  block: Block,
  live: Arguments,
  all: Properties,
  declare: (properties: Properties) => Arguments,
): Properties {
  const inexact = differences(block, live, declare(all)).flatMap(({ path, live: value, declared }) => {
    const items: ArgumentValue = declared;
    const isListOfBlocks = Array.isArray(items) && items.some((item: ArgumentValue) => isArguments(item));
    return isListOfBlocks && value !== null ? [propertyPath(path.join(".")).split(".")] : [];
  });
  return inexact.reduce<Properties>((properties, path) => without(properties, path), all);
}

function declaredBy(block: Block, properties: Properties, { name, description }: ConfigurationTexts): Arguments {
  const props = propsOf(properties);
  return declaredArguments(block, {
    name: props.configurationName ?? name,
    description: props.configurationDescription ?? description,
    ...configurationOf(props),
  });
}

/** The arguments that a deploy of the program would change of a version; nothing else is in the plan. */
export function argumentsToChange(declared: Arguments, version: ApiObject): readonly string[] {
  return differences(configurationBlock(), importedConfiguration(version), declared).flatMap(({ path, isKept }) =>
    isKept === true ? [] : path.join("."),
  );
}

/** The order in which the documentation tells of them. */
const order = [
  "defaultLanguage",
  "languages",
  "configurationName",
  "configurationDescription",
  "messengerEnabled",
  "headlessModeEnabled",
  "sessionPersistenceType",
  "launcher",
  "conversations",
  "homeScreen",
  "styles",
  "position",
  "fileUpload",
  "labels",
  "knowledge",
  "authentication",
  "journeyEvents",
  "cobrowse",
  "video",
  "supportCenter",
];

function inOrder(properties: Properties): Properties {
  const place = ([name]: readonly [string, PropertyValue]): number => order.indexOf(name);
  return Object.fromEntries(Object.entries(properties).sort((one, other) => place(one) - place(other)));
}
