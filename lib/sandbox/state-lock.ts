import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { errorCode } from "./error-code";

/** The locks that this very process holds: a lock file with our number in it may also be a killed predecessor's. */
const held = new Set<string>();

/**
 * Keeps a second sandbox off the same state file: both would keep the whole state in memory, and the last to write would
 * undo the other's changes. The lock is a file beside the state that names the process; one whose process is gone is stale.
 *
 * @returns what releases it.
 * @throws when a living process holds it.
 */
export function lockStateFile(file: string): () => void {
  const lock = `${path.resolve(file)}.lock`;
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
      break;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
      const holder = holderOf(lock);
      if (held.has(lock) || (holder !== process.pid && isAlive(holder))) {
        throw new Error(
          `"${file}" is in use by another sandbox (process ${holder}).\n\n` +
            `Stop that one first, or give this one a state file of its own. ` +
            `If process ${holder} is no sandbox, remove "${file}.lock".`,
          { cause: error },
        );
      }
      rmSync(lock, { force: true });
    }
  }
  held.add(lock);
  return () => {
    if (held.delete(lock)) rmSync(lock, { force: true });
  };
}

function holderOf(lock: string): number {
  try {
    return Number.parseInt(readFileSync(lock, "utf8"), 10);
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}
