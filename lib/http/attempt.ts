import { type Answer, isPassing } from "./answer";

/** One attempt of a request, and what it came to. */
export class Attempt {
  constructor(
    readonly answer: Answer,
    /** Whether no further attempt can do better, whatever the answer looks like. */
    readonly final = false,
  ) {}

  /** Whether nobody answered. */
  get isSilent(): boolean {
    return this.answer.outcome === "silence" && this.answer.isTooLarge !== true;
  }

  /** Whether a further attempt may do better. */
  get isPassing(): boolean {
    return !this.final && isPassing(this.answer);
  }
}
