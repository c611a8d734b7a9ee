import fc from "fast-check";
import { isFull } from "./in-full";

/**
 * fast-check with one seed for everyone: a test that fails in one run fails in all of them. `FAST_CHECK_SEED=random` looks
 * for new counter-examples, `FAST_CHECK_SEED=<the seed of a report>` looks at an old one again.
 */
const chosen = process.env["FAST_CHECK_SEED"] ?? "20261123";
if (chosen !== "random") fc.configureGlobal({ seed: Number(chosen) });

/**
 * How many cases a law is tried on: all of them in `npm run test:full`, and in `npm test` as many as a second or two allows.
 */
export function cases(all: number, quick = 400): number {
  return isFull ? all : Math.min(all, quick);
}

export default fc;
