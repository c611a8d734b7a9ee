/** What the user can act on: printed as it is, without a stack trace, and the command ends with exit code 1. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** What a person can act on in a stack: the message says what is wrong, where it stands and what to do instead. */
export class StackError extends Error {
  override readonly name: string = "StackError";
}

/** The message of whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a value has properties to look at. */
export function hasProperties(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The code of a system's error, such as `ENOENT`. Asked of its form, not of its class: under a test runner Node's own errors are of another realm. */
export function errorCode(error: unknown): string | undefined {
  return hasProperties(error) && typeof error["code"] === "string" ? error["code"] : undefined;
}
