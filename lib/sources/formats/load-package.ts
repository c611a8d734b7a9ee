import { createRequire } from "node:module";

/** Loads a package when it is first needed: most programs read few of the formats that there are. */
export function loadPackage<T>(name: string, isExpected: (loaded: unknown) => loaded is T): T {
  const loaded: unknown = createRequire(__filename)(name);
  if (isExpected(loaded)) return loaded;
  throw new Error(`the package ${name} is not the one that is expected: install the version that this one asks for`);
}

/** Whether a package has functions of these names. */
export function hasFunctions(loaded: unknown, ...names: readonly string[]): boolean {
  if (typeof loaded !== "object" || loaded === null) return false;
  return names.every((name) => typeof Reflect.get(loaded, name) === "function");
}
