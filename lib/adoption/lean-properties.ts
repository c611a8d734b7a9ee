import { isAccepted } from "./accepted-properties";
import { type Block } from "../genesys/provider-schema";
import { type Arguments } from "../genesys/arguments";
import { differences } from "../genesys/argument-differences";
import { type Properties, type PropertyValue } from "./property-names";
import { type PropertyPath, pathsIn, valueAt, without } from "./property-tree";

/** Leaves out whatever makes no difference, but for the last word of an object: `homeScreen: {}` says little to a reader. */
export function lean(
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
    const value = valueAt(kept, path);
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
  const around = valueAt(properties, path.slice(0, -1));
  return typeof around === "object" && around !== null && Object.keys(around).length === 1;
}
