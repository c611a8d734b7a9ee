import { type Problem } from "../base/problem";
import { type Block } from "../genesys/provider-schema";
import { type ConfigurationProps } from "../messenger";
import { checkConfiguration } from "../messenger/configuration/configuration";
import { PropertyCheck } from "../messenger/property-check";
import { isRequiredProperty, type Properties } from "./property-names";
import { type PropertyPath, valueAt, without } from "./property-tree";

/** What is left where synthesis refuses nothing. */
export interface AcceptedProperties {
  readonly properties: Properties;
  /** What is wrong with what was left out. */
  readonly refused: readonly Problem[];
  /** What is wrong with what nothing can do without. */
  readonly refusals: readonly Problem[];
}

/** Leaves out what synthesis would refuse, with the object around it where it is nothing without it. */
export function accept(block: Block, all: Properties): AcceptedProperties {
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
export function isAccepted(properties: Properties): boolean {
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
    if (valueAt(properties, path) !== undefined && !isRequiredProperty(block, path.join("."))) return path;
  }
  return undefined;
}

/** They are named after the arguments that they become, and hold what those may hold: the tests compare the two. */
export function propsOf(properties: Properties): ConfigurationProps {
  return { defaultLanguage: "", ...properties };
}
