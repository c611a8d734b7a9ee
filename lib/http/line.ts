import { circuitBreaker, ConsecutiveBreaker, handleResultType } from "cockatiel";
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

  /** Resolves when calls may go out. */
  async open(): Promise<void> {
    while (!this.isOpen) await this.clock.sleep(this.opensAt - this.clock.now());
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
