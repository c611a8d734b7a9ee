import { setTimeout as sleep } from "node:timers/promises";
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleResultType,
  isBrokenCircuitError,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from "cockatiel";
import { type Answer, ask, askedToWait, isPassing } from "./http-answer";

/** One attempt of a request, and what it came to. */
class Attempt {
  constructor(
    readonly answer: Answer,
    /** Whether no further attempt can do better, whatever the answer looks like. */
    readonly final = false,
  ) {}

  /** Whether there was no answer. */
  get isSilent(): boolean {
    return this.answer.outcome === "silence" && this.answer.isTooLarge !== true;
  }

  /** Whether a further attempt may do better. */
  get isPassing(): boolean {
    return !this.final && isPassing(this.answer);
  }
}

/** The time that waiting goes by; a test passes its own. */
export interface Clock {
  /** Milliseconds since some fixed instant. */
  now(): number;
  /** Resolves that many milliseconds later. */
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own. */
const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};

/** So many attempts in a row without an answer, and no one on the line tries for a while. */
const mostSilence = 20;
const silenceMilliseconds = 30_000;

/**
 * All callers that ask the same host as the same client: they are told to wait together (the platform counts requests by
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

/** How requests are made; all times in milliseconds. */
export interface HttpOptions {
  /** How many are under way at the same time. */
  readonly concurrency: number;
  /** How long one attempt may take, the body included. */
  readonly timeoutMs: number;
  /** How often a request is made at most that gets no answer, a 5xx, or a 429 that does not say how long to wait. */
  readonly attempts: number;
  /** Before the second attempt, roughly; it doubles with every further one up to the longest. */
  readonly shortestBackOffMs: number;
  readonly longestBackOffMs: number;
  /**
   * How long one request may take in all: its attempts and everything that the host asks to wait. It counts from the first attempt.
   * For as long, at most, all requests to a host wait that answers nothing but "wait" (`Retry-After`): then all of them are given up.
   */
  readonly totalMs: number;
  /** How many bytes of a body are read, after it was unpacked. An answer with more is given up, and not asked for again. */
  readonly mostBytes: number;
  /** By what `Retry-After` is waited for. */
  readonly clock: Clock;
}

const defaults: HttpOptions = {
  concurrency: 16,
  timeoutMs: 10_000,
  attempts: 5,
  shortestBackOffMs: 250,
  longestBackOffMs: 8_000,
  totalMs: 300_000,
  mostBytes: 33_554_432,
  clock: systemClock,
};

/** Who is told to wait longer than this is told, in fact, to come back another time. */
const longestWaitMs = 120_000;

/** Platforms let hundreds of requests a minute pass: a client that has waited so often in vain shares the token with too many. */
const mostWaits = 30;

/** One request, however often it is made. */
interface Call {
  readonly url: URL;
  readonly request: RequestInit;
  /** When it was made for the first time, by the clock; undefined before that. */
  began: number | undefined;
}

/** Every request of the readers: how many at once, how long, how often again. */
export class Http {
  private readonly options: HttpOptions;
  private readonly slots;
  private readonly limit;
  private readonly again;

  constructor(options: Partial<HttpOptions> = {}) {
    this.options = { ...defaults, ...options };
    const { concurrency, timeoutMs, attempts, shortestBackOffMs, longestBackOffMs } = this.options;
    this.slots = bulkhead(concurrency, Number.MAX_SAFE_INTEGER);
    this.limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
    this.again = retry(
      handleResultType(Attempt, ({ isPassing }) => isPassing),
      {
        maxAttempts: attempts - 1,
        backoff: new ExponentialBackoff({ initialDelay: shortestBackOffMs, maxDelay: longestBackOffMs }),
      },
    );
  }

  /** A separate line for requests to one host as one client. */
  line(): Line {
    return new Line(this.options.clock);
  }

  /** Asks until there is an answer to judge by, or no hope of one. It never rejects. */
  async ask(line: Line, url: URL, request: RequestInit = {}): Promise<Answer> {
    const call: Call = { url, request, began: undefined };
    const { answer } = await this.again.execute(() => this.once(line, call));
    return answer;
  }

  /** Milliseconds of the clock that everything here goes by. */
  now(): number {
    return this.options.clock.now();
  }

  /** One attempt, made again for as long as the host asks to wait. */
  private async once(line: Line, call: Call): Promise<Attempt> {
    for (let waits = 0; ;) {
      await line.open();
      // A call that had to wait for a slot looks again: the line may have been closed or given up meanwhile.
      const attempt = await this.slots.execute(() => {
        if (line.givenUp !== undefined) return new Attempt(line.givenUp, true);
        return line.isOpen ? this.attempt(line, call) : undefined;
      });
      if (attempt === undefined) continue;
      if (attempt.final || askedToWait(attempt.answer) === undefined) return attempt;
      if (++waits > mostWaits) return new Attempt(attempt.answer, true);
    }
  }

  /** The line is held back before the slot is free again: the next in the queue must know. */
  private async attempt(line: Line, call: Call): Promise<Attempt> {
    const { url, request } = call;
    const { totalMs } = this.options;
    call.began ??= this.now();
    try {
      const attempt = await line.attempt(async () => new Attempt(await this.withinLimit(url, request)));
      const { answer } = attempt;
      const wait = askedToWait(answer);
      const isLate = this.now() + (wait ?? 0) - call.began > totalMs;
      if (wait === undefined) {
        if (answer.outcome === "answer") line.passed();
        return isLate ? new Attempt(answer, true) : attempt;
      }
      if (wait > longestWaitMs) return new Attempt(answer, true);
      if (!line.mayWait(wait, totalMs)) line.giveUp(answer);
      if (isLate || line.givenUp !== undefined) return new Attempt(answer, true);
      line.holdBack(wait);
      return attempt;
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      const reason = `${url.host} cannot be reached (the last attempts of many requests got no answer)`;
      return new Attempt(silence(reason), true);
    }
  }

  private async withinLimit(url: URL, request: RequestInit): Promise<Answer> {
    try {
      return await this.limit.execute(({ signal }) => ask(url, { ...request, signal }, this.options.mostBytes));
    } catch (error) {
      if (!(error instanceof TaskCancelledError)) throw error;
      return silence(`${url.host} did not answer within ${this.options.timeoutMs / 1_000} s`);
    }
  }
}

function silence(reason: string): Answer {
  return { outcome: "silence", reason };
}

/** No list that this product reads is larger: a host that goes on after that would never end. */
const most = { pages: 1_000, characters: 268_435_456, minutes: 15 } as const;

/** Counts the pages of one list, so that a host which keeps naming a further one is given up. */
export class PageCount {
  private readonly began: number;
  private pages = 0;
  private characters = 0;

  constructor(private readonly http: Http) {
    this.began = http.now();
  }

  /**
   * Counts a page.
   *
   * @param length of its text
   * @returns why there must be no further one, in words; undefined where there may be one
   */
  add(length: number): string | undefined {
    this.pages += 1;
    this.characters += length;
    if (this.pages >= most.pages) return `it has more than ${most.pages} pages`;
    if (this.characters > most.characters) return `it has more than ${most.characters / 1_048_576} MiB`;
    const isLate = this.http.now() - this.began > most.minutes * 60_000;
    return isLate ? `it has taken more than ${most.minutes} minutes` : undefined;
  }
}
