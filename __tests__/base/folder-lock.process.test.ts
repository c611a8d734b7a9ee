import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { whileLocked } from "../../lib/base/folder-lock";
import { until } from "../e2e/until";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "lock-")));
const program = join(folder, "program.cjs");
const lock = join(folder, "state", "synthesis.lock");

beforeAll(() => {
  // Each writes a file in two halves, a hundred times, and fails where it reads anything but its own whole text.
  const contents = `
import { readFileSync, writeFileSync, appendFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { whileLocked } from "./lib/base/folder-lock";
const [, , lock, file, rounds] = process.argv;
void (async () => {
  for (let round = 0; round < Number(rounds); round += 1) {
    await whileLocked(lock, async () => {
      writeFileSync(file, "begin " + process.pid);
      if (rounds === "1") { console.log("holding"); await setTimeout(100_000); }
      await setTimeout(1);
      appendFileSync(file, " end " + process.pid);
      const text = readFileSync(file, "utf8");
      if (text !== "begin " + process.pid + " end " + process.pid) { console.log("met " + text); process.exit(3); }
    });
  }
})();
`;
  const resolveDir = resolve(__dirname, "../..");
  buildSync({ stdin: { contents, resolveDir, loader: "ts" }, outfile: program, bundle: true, platform: "node" });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(rounds: number): ChildProcess {
  return spawn(process.execPath, [program, lock, join(folder, "file"), String(rounds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

test("several processes never do it at the same time, and leave nothing behind", async () => {
  const children = Array.from({ length: 4 }, () => start(20));
  const ends = await Promise.all(children.map((child) => once(child, "exit")));
  expect(ends.map(([code]) => code as unknown)).toEqual([0, 0, 0, 0]);
  expect(existsSync(join(folder, "state"))).toBe(false);
});

test("a killed holder is not waited for, and a living one is", async () => {
  const holder = start(1);
  await until(() => existsSync(lock) && readFileSync(lock, "utf8") !== "", 60_000);
  const interruption = new AbortController();
  const waiting = whileLocked(lock, () => Promise.resolve("done"), interruption.signal);
  interruption.abort();
  await expect(waiting).rejects.toThrow("abort");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await expect(whileLocked(lock, () => Promise.resolve("done"))).resolves.toBe("done");
});

test("the lock of another machine counts for ten minutes", async () => {
  const work = (): Promise<string> => whileLocked(lock, () => Promise.resolve("done"), AbortSignal.timeout(200));
  await whileLocked(lock, async () => {
    writeFileSync(lock, "ffffffff 1 x");
    await expect(work()).rejects.toThrow();
    const old = Date.now() / 1_000 - 601;
    utimesSync(lock, old, old);
    await expect(work()).resolves.toBe("done");
  });
});

test("what fails releases the lock", async () => {
  await expect(whileLocked(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(existsSync(lock)).toBe(false);
});
