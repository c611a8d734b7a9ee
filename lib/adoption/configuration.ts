import { type ApiObject } from "../genesys/api-path";
import { type Block, resourceSchema } from "../genesys/provider-schema";
import { checkConfiguration, configurationOf } from "../messenger/configuration/configuration";
import { type ConfigurationProps } from "../messenger";
import { PropertyCheck, type PropertyProblem } from "../messenger/property-check";
import { argumentsIn, type Arguments, declaredArguments } from "./arguments";
import { differences } from "./differences";
import { applied, overriding } from "./overrides";
import { isRequiredProperty, type Properties, propertiesOf, type PropertyValue } from "./property-names";
import { type PropertyPath, pathsIn, valueAt, without } from "./property-tree";

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
  /** Why synthesis refuses the properties all the same. */
  readonly refusals: readonly PropertyProblem[];
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
  const {
    properties: accepted,
    refused,
    refusals,
  } = accept(block, inOrder(propertiesOf(block, withDescription(live))));
  const properties = lean(block, live, accepted, declare);
  const { overrides, reasons } = overriding(differences(block, live, declare(properties)), refused);
  return { properties, overrides, reasons, declared: applied(overrides, declare(properties)), refusals };
}

/** Left out, it would say that the configuration is managed as code. */
export function withDescription(live: Arguments): Arguments {
  return { description: "", ...live };
}

function declaredBy(block: Block, properties: Properties, { name, description }: ConfigurationTexts): Arguments {
  const props = propsOf(properties);
  return declaredArguments(block, {
    name: props.configurationName ?? name,
    description: props.configurationDescription ?? description,
    ...configurationOf(props),
  });
}

/** They are named after the arguments that they become, and hold what those may hold: the tests compare the two. */
function propsOf(properties: Properties): ConfigurationProps {
  return { defaultLanguage: "", ...properties };
}

/** Leaves out what synthesis would refuse, with the object around it where it is nothing without it. */
function accept(
  block: Block,
  all: Properties,
): {
  readonly properties: Properties;
  readonly refused: readonly PropertyProblem[];
  readonly refusals: readonly PropertyProblem[];
} {
  let properties = all;
  const refused: PropertyProblem[] = [];
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

function problemsOf(properties: Properties): readonly PropertyProblem[] {
  const check = new PropertyCheck();
  checkConfiguration(propsOf(properties), check);
  return check.problems;
}

/** The property that a problem is about, the list that it is in, or what is around it; undefined where all must be there. */
function removable(block: Block, properties: Properties, { property }: PropertyProblem): PropertyPath | undefined {
  const [way = ""] = property.split("[");
  const steps = way.startsWith("labels.") ? ["labels"] : way.split(".");
  for (let length = steps.length; length > 0; length--) {
    const path = steps.slice(0, length);
    if (valueAt(properties, path) !== undefined && !isRequiredProperty(block, path.join("."))) return path;
  }
  return undefined;
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
  return pathsIn(all).reduce<Properties>((kept, path) => {
    const value = valueAt(kept, path);
    if (value === undefined || isListOfBlocks(value) || isLastOf(kept, path)) return kept;
    const less = without(kept, path);
    return differing(less).every((path) => inherent.has(path)) ? less : kept;
  }, all);
}

/** A list that is there is never the same as none. */
function isListOfBlocks(value: PropertyValue): boolean {
  return Array.isArray(value) && typeof value[0] === "object";
}

function isLastOf(properties: Properties, path: PropertyPath): boolean {
  if (path.length === 1) return false;
  const around = valueAt(properties, path.slice(0, -1));
  return typeof around === "object" && around !== null && Object.keys(around).length === 1;
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
