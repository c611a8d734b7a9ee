import { readdirSync, readFileSync } from "node:fs";
import { constants } from "node:os";

/** Ends a process and those of its group. */
export function endGroup(leader: number): void {
  end(-leader);
}

/** Beyond this many rounds a program starts processes faster than they can be ended. */
const mostRounds = 20;

/**
 * Ends the processes that a configuration has started and that have left its group: on Linux each shows the environment that it was
 * started with. Best effort, as a process that was started with another environment is not found.
 */
export function endMarked(marker: string): void {
  if (process.platform !== "linux") return;
  for (let round = 0; round < mostRounds; round++) {
    const found = processes().filter((pid) => environmentOf(pid).includes(marker));
    if (found.length === 0) return;
    for (const pid of found) end(pid);
  }
}

function processes(): readonly number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
  } catch {
    return [];
  }
}

/** What a process was started with; empty where it has ended, or belongs to another user. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, constants.signals.SIGKILL);
  } catch {
    // Nothing of it is left.
  }
}
