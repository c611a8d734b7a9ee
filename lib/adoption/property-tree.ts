import { type Properties, type PropertyValue } from "./property-names";

/** The way to a property: names, and indices of lists. */
export type PropertyPath = readonly (string | number)[];

export function isProperties(value: PropertyValue | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at the end of the way. */
export function valueAt(root: PropertyValue, path: PropertyPath): PropertyValue | undefined {
  return path.reduce<PropertyValue | undefined>((value, step) => {
    if (typeof step === "number") return isList(value) ? value[step] : undefined;
    return isProperties(value) ? value[step] : undefined;
  }, root);
}

/** The same properties without one of them. */
export function without(root: Properties, [step = "", ...rest]: PropertyPath): Properties {
  return Object.fromEntries(
    Object.entries(root).flatMap(([name, value]): [string, PropertyValue][] => {
      if (name !== step) return [[name, value]];
      if (rest.length === 0) return [];
      return [[name, isProperties(value) ? without(value, rest) : isList(value) ? withoutIn(value, rest) : value]];
    }),
  );
}

function withoutIn(list: readonly PropertyValue[], [index, ...rest]: PropertyPath): readonly PropertyValue[] {
  return list.map((item, at) => (at === index && isProperties(item) ? without(item, rest) : item));
}

/** The ways to all properties, each before those inside it. */
export function pathsIn(value: PropertyValue, inside: PropertyPath = []): readonly PropertyPath[] {
  if (isList(value)) return value.flatMap((item, index) => pathsIn(item, [...inside, index]));
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...inside, name], ...pathsIn(inner, [...inside, name])]);
}

function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}
