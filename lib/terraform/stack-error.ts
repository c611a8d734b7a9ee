/** What a person can act on: the message says what is wrong, where it stands and what to do instead. */
export class StackError extends Error {
  override readonly name: string = "StackError";
}
