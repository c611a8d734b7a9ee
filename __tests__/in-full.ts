/**
 * `npm run test:full` tries every case that there is (`TEST_CASES=all`). `npm test` tries every value of each dimension, and leaves most of
 * their products to it.
 */
export const isFull = process.env["TEST_CASES"] === "all";

/** Declares tests that `npm run test:full` alone runs. */
export function inFull(declare: () => void): void {
  if (isFull) declare();
}

/** The rows of a table: these always, and the others in `npm run test:full`. */
export function rows<Row>(always: readonly Row[], others: readonly Row[]): readonly Row[] {
  return isFull ? [...always, ...others] : always;
}

/** The rows of a table of which `npm test` tries some, and `npm run test:full` all. */
export function someOf<Row>(all: readonly Row[], isTried: (row: Row, index: number) => boolean): readonly Row[] {
  return isFull ? all : all.filter(isTried);
}
