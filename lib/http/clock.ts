import { setTimeout as sleep } from "node:timers/promises";

/** The time that waiting goes by; a test passes its own. */
export interface Clock {
  /** Milliseconds since some fixed instant. */
  now(): number;
  /** Resolves that many milliseconds later. */
  sleep(milliseconds: number): Promise<void>;
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
};
