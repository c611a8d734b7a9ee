import { circuitBreaker, ConsecutiveBreaker, handleResultType } from "cockatiel";
import { type Answer } from "./answer";
import { Attempt } from "./attempt";
import { type Clock } from "./clock";

/** So many attempts in a row without an answer, and nobody on the line tries any more for a while. */
const mostSilence = 20;
const silenceMilliseconds = 30_000;

/**
 * Everybody who asks the same host as the same client: they are told to wait together (the platform counts requests by
 * token), and when the host is dead not each of them has to find out.
 */
export class Line {
  private opensAt = -Infinity;
  /** Since when nothing but requests to wait has been answered. */
  private heldSince: number | undefined;
  /** What the host said last, once it has been waited for too long. */
  private lastWord: Answer | undefined;
  private readonly breaker = circuitBreaker(
    handleResultType(Attempt, ({ isSilent }) => isSilent),
    { halfOpenAfter: silenceMilliseconds, breaker: new ConsecutiveBreaker(mostSilence) },
  );

  constructor(private readonly clock: Clock) {}

  get isOpen(): boolean {
    return this.clock.now() >= this.opensAt;
  }

  /** Keeps all calls of the line back for a while: the host asked for it. */
  holdBack(milliseconds: number): void {
    this.opensAt = Math.max(this.opensAt, this.clock.now() + milliseconds);
  }

  /** Notes an answer that does not ask to wait. */
  passed(): void {
    this.heldSince = undefined;
  }

  /** Whether the host may be waited for once more, after what it has asked for since its last other answer. */
  mayWait(milliseconds: number, mostMilliseconds: number): boolean {
    const now = this.clock.now();
    this.heldSince ??= now;
    return now + milliseconds - this.heldSince <= mostMilliseconds;
  }

  /** Ends all waiting on the line: each call gets this answer. */
  giveUp(answer: Answer): void {
    this.lastWord = answer;
  }

  /** What every call gets, once the line was given up. */
  get givenUp(): Answer | undefined {
    return this.lastWord;
  }

  /** Resolves when calls may go out. */
  async open(): Promise<void> {
    while (!this.isOpen && this.lastWord === undefined) await this.clock.sleep(this.opensAt - this.clock.now());
  }

  /**
   * Makes an attempt, unless the line is known to be dead.
   *
   * @throws BrokenCircuitError for a dead line
   */
  attempt(make: () => Promise<Attempt>): Promise<Attempt> {
    return this.breaker.execute(make);
  }
}
