import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const base = realpathSync(mkdtempSync(join(tmpdir(), "temporary-")));
const temporary = join(base, "tmp");
const program = join(base, "program.cjs");
const running: ChildProcess[] = [];

beforeAll(() => {
  mkdirSync(temporary);
  const contents = `
import { writeFileSync } from "node:fs";
import { makeTemporaryFolder } from "./lib/base/files";
void makeTemporaryFolder("plan").then((folder) => {
  writeFileSync(folder + "/stack.tfplan", "a secret of the state");
  console.log(folder);
});
setInterval(() => undefined, 1_000);
`;
  const resolveDir = resolve(__dirname, "../..");
  buildSync({ stdin: { contents, resolveDir, loader: "ts" }, outfile: program, bundle: true, platform: "node" });
});
afterEach(async () => {
  for (const child of running.splice(0)) await killed(child);
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** Starts a process that makes a folder and lives on; answers both. */
async function maker(): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "inherit"] });
  running.push(child);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { child, folder: line.toString().trim() };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("what a killed process has left is removed by the next, and what a living one uses is not", async () => {
  const living = await maker();
  const dead = await maker();
  await killed(dead.child);
  expect(existsSync(join(dead.folder, "stack.tfplan"))).toBe(true);
  const next = await maker();
  expect(existsSync(dead.folder)).toBe(false);
  expect(existsSync(join(living.folder, "stack.tfplan"))).toBe(true);
  expect(existsSync(join(next.folder, "stack.tfplan"))).toBe(true);
});

test("whatever else lies beside it stays, however similar its name is", async () => {
  const dead = await maker();
  await killed(dead.child);
  const [, , owner = "", id = ""] = dead.folder.split(/[/\\]/).at(-1)?.split("-") ?? [];
  const others = [
    "origins-plan-Ab12cd", // of an earlier release
    `origins-plan-ffffffff-${id}-Ab12cd`, // of another machine or container
    `origins-plan-${owner}-${id}`,
    `origins-plan-${owner}-x${id}-Ab12cd`,
    `my-origins-plan-${owner}-${id}-Ab12cd`,
    "stack.tfplan",
  ];
  for (const name of others) mkdirSync(join(temporary, name), { recursive: true });
  const kept = join(base, "kept");
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, "file"), "");
  const link = `origins-plan-${owner}-${id}-Ab12ce`;
  if (process.platform !== "win32") symlinkSync(kept, join(temporary, link));
  const file = `origins-plan-${owner}-${id}-Ab12cf`;
  writeFileSync(join(temporary, file), "");
  await maker();
  expect(existsSync(dead.folder)).toBe(false);
  expect(readdirSync(temporary)).toEqual(expect.arrayContaining([...others, file]));
  expect(existsSync(join(kept, "file"))).toBe(true);
});
