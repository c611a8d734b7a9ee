/**
 * What the user can act on: printed as it is, without a stack trace, and the command ends with exit code 1.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
