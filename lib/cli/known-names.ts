import { UserError } from "../base/errors";

/**
 * Refuses names that mean nothing, and says which there are.
 *
 * @param what what a name is of, and several of them, such as "environment" and "environments"
 * @throws UserError
 */
export function checkNames(
  names: readonly string[],
  known: readonly string[],
  [one, several]: readonly [string, string],
): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const quoted = unknown.map((name) => `"${name}"`).join(", ");
  throw new UserError(`There is no ${one} ${quoted}.\n\nThe ${several} are: ${known.join(", ")}.`);
}
