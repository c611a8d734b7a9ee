/**
 * The code of a system error, such as `ENOENT`; undefined for anything else. It does not ask for the class `Error`: under
 * a test runner, Node's own errors come from another realm.
 */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
