import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasCode, isRunning, machine } from "./files";

/** How long the lock of another machine or container is believed, in milliseconds: this machine cannot tell whether its process runs. */
const longestOfOthers = 10 * 60_000;

/** How often a lock is looked at that another process holds, in milliseconds. */
const interval = 50;

/**
 * Does work that no other process may do at the same time, and waits for the one that does. The lock is a file that names its process; one
 * whose process is gone does not count.
 *
 * @param lock the file; its folder is made where it is missing, and removed afterwards where nothing else is in it
 * @param interruption ends the waiting
 * @throws the interruption's reason, or the file system's own error
 */
export async function whileLocked<Result>(
  lock: string,
  work: () => Promise<Result>,
  interruption?: AbortSignal,
): Promise<Result> {
  const holder = `${machine()} ${process.pid} ${randomUUID()}`;
  while (!isTaken(lock, holder)) {
    if (isStale(lock)) breakLock(lock);
    else await sleep(interval, undefined, interruption === undefined ? {} : { signal: interruption });
  }
  try {
    return await work();
  } finally {
    if (read(lock) === holder) rmSync(lock, { force: true });
    try {
      rmdirSync(dirname(lock));
    } catch {
      // There is something else in it.
    }
  }
}

function isTaken(lock: string, holder: string): boolean {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    writeFileSync(lock, holder, { flag: "wx" });
    return true;
  } catch (error) {
    // Its folder may have been removed a moment ago.
    if (hasCode(error, "EEXIST", "ENOENT")) return false;
    throw error;
  }
}

function isStale(lock: string): boolean {
  const [where, id] = (read(lock) ?? "").split(" ");
  if (where === machine()) return !isRunning(Number(id));
  const written = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  // One that is empty is being written.
  return written !== undefined && Date.now() - written > longestOfOthers;
}

/** Takes a stale lock away; puts it back where another process has replaced it in the meantime. */
function breakLock(lock: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
    if (!isStale(aside)) linkSync(aside, lock);
  } catch (error) {
    if (!hasCode(error, "ENOENT", "EEXIST")) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
