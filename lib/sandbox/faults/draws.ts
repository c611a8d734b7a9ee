import { createHash } from "node:crypto";

/**
 * Numbers that chance decides, the same ones whenever the seed and what is drawn for are the same. Each kind of call has
 * its own row of numbers: what else is called in between, in whatever order, changes none of them.
 */
export class Draws {
  private readonly rows = new Map<string, number>();

  constructor(readonly seed: number) {}

  /** The next number of that row, from 0 up to but not including 1. */
  next(row: string): number {
    const n = (this.rows.get(row) ?? 0) + 1;
    this.rows.set(row, n);
    const digest = createHash("sha256").update(`${this.seed}\n${row}\n${n}`).digest();
    return digest.readUInt32BE() / 2 ** 32;
  }

  /** Starts every row again. */
  restart(): void {
    this.rows.clear();
  }
}
