import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hostnameOf } from "../../lib/origins/hostname";

/** A host as it is written, and as a browser says it; null where it is invalid. */
export type Pair = readonly [written: string, hostname: string | null];

/** The pairs of a file of public test data. */
export function publicData(name: string): readonly Pair[] {
  return JSON.parse(readFileSync(join(__dirname, "data", name), "utf8")) as Pair[];
}

/** The pairs that come out otherwise. */
export function differences(pairs: readonly Pair[]): readonly unknown[] {
  return pairs
    .map(([written, expected]) => ({ written, expected, found: hostnameOf(written) ?? null }))
    .filter(({ expected, found }) => found !== expected);
}
