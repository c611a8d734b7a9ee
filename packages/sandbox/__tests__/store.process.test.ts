import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Store } from "../lib/cloud/store";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "store-"));
  file = path.join(folder, "state.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a server that is killed has lost nothing that it answered", async () => {
  const child = spawn(process.execPath, ["-r", "ts-node/register", path.join(__dirname, "server-process.ts"), file], {
    cwd: path.join(__dirname, "..", "..", ".."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const answered: string[] = [];
  for await (const id of lines) {
    answered.push(id);
    if (answered.length === 60) child.kill("SIGKILL");
  }
  await ended;
  expect(answered.length).toBeGreaterThanOrEqual(60);
  const store = Store.open({ file });
  const kept = new Set(store.state.deployments.keys());
  expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  store.close();
});
