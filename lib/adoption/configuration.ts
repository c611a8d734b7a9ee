import { type Problem } from "../base/problem";
import { type ApiObject } from "../genesys/api-path";
import { type Block, resourceSchema } from "../genesys/provider-schema";
import { configurationOf } from "../messenger/configuration/configuration";
import { accept, propsOf } from "./accepted-properties";
import { argumentsIn, type Arguments, type ArgumentValue, declaredArguments, isArguments } from "../genesys/arguments";
import { type ArgumentDifference, differences } from "../genesys/argument-differences";
import { lean } from "./lean-properties";
import { applied, overriding } from "./overrides";
import { isTaken } from "./provider-refusals";
import { type Properties, propertiesOf, propertyPath, type PropertyValue } from "./property-names";
import { without } from "./property-tree";

/** What the construct calls a configuration and says of it where no property does. */
export interface ConfigurationTexts {
  readonly name: string;
  readonly description: string;
}

/** The part of a resource that a program declares. */
export interface Reproduced {
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
export function changedArguments(declared: Arguments, version: ApiObject): readonly string[] {
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
