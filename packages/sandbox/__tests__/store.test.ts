import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { testOnPosix } from "../../../__tests__/posix";

import { createConfiguration, createDeployment, publishDraft } from "../lib/cloud/state";
import { Store } from "../lib/cloud/store";

const stamp = { now: new Date("2026-01-02T03:04:05.000Z"), user: "u", activationDelayMs: 0 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sandbox-store-"));
  file = path.join(folder, ".sandbox", "state.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One published configuration and a deployment that shows it. */
function fill(store: Store): void {
  store.change((state) => {
    const content = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };
    const made = createConfiguration(state, content, { status: "Active" }, stamp);
    const { version } = publishDraft(state, made, stamp);
    const settings = { name: "Shop", allowAllDomains: false, allowedDomains: ["example.com"] };
    const configuration = { id: made.id, version };
    createDeployment(state, { ...settings, configuration }, { status: "Active" }, stamp);
  });
}

describe("a store with a file", () => {
  test("finds everything again after the process has ended", () => {
    const store = Store.open({ file });
    fill(store);
    const before = structuredClone(store.state);
    store.close();
    const again = Store.open({ file });
    expect(again.state).toEqual(before);
    again.close();
  });

  test("has written every change when saved() resolves, however many there were", async () => {
    const store = Store.open({ file });
    for (let i = 0; i < 20; i++) fill(store);
    await store.saved();
    const kept = JSON.parse(readFileSync(file, "utf8")) as { deployments: unknown[]; sequence: number };
    expect(kept.deployments).toHaveLength(20);
    expect(kept.sequence).toBe(store.state.sequence);
    store.close();
  });

  test("starts fresh on request, also when the file is broken", () => {
    const store = Store.open({ file });
    fill(store);
    store.close();
    writeFileSync(file, "{");
    const fresh = Store.open({ file, reset: true });
    expect(fresh.state.deployments.size).toBe(0);
    fresh.close();
    const again = Store.open({ file });
    expect(again.state.clients.has("sandbox-client")).toBe(true);
    again.close();
  });

  test("forgets everything on reset, in the file as well: it is another organisation", async () => {
    const store = Store.open({ file });
    fill(store);
    const { id } = store.state.organization;
    store.reset();
    expect(store.state.organization.id).not.toBe(id);
    await store.saved();
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ deployments: [], configurations: [], sequence: 0 });
    store.close();
  });

  test("leaves nothing beside the file", async () => {
    const store = Store.open({ file });
    fill(store);
    await store.saved();
    store.close();
    expect(readdirSync(path.dirname(file))).toEqual(["state.json"]);
  });

  test("takes no change after it was closed", () => {
    const store = Store.open({ file });
    store.close();
    store.close();
    expect(() => {
      fill(store);
    }).toThrow("closed");
  });

  test("says when the file cannot be written, and goes on", async () => {
    const store = Store.open({ file });
    rmSync(path.dirname(file), { recursive: true });
    writeFileSync(path.dirname(file), "in the way");
    fill(store);
    await expect(store.saved()).rejects.toThrow();
    rmSync(path.dirname(file));
    fill(store);
    await store.saved();
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ sequence: 4 });
    store.close();
  });
});

test("a store without a file keeps its state to itself", async () => {
  const store = Store.open();
  fill(store);
  await store.saved();
  expect(Store.open().state.deployments.size).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  store.close();
});

describe("an invalid state file is refused, with its name as given and the remedy", () => {
  test.each([
    ["broken JSON", '{"format":1', "is not a sandbox state: it is not valid JSON"],
    ["nothing", "", "is not a sandbox state: it is not valid JSON"],
    ["a list", "[]", "is not a sandbox state: expected a JSON object"],
    ["something else's JSON", '{"name":"x"}', "has the unsupported state format null: expected 1"],
    ["a later format", '{"format":2}', "has the unsupported state format 2: expected 1"],
    ["no organisation", '{"format":1,"sequence":0}', 'is not a sandbox state: missing "organization"'],
    ["no deployments", '{"format":1,"sequence":0,"organization":{}}', 'is not a sandbox state: missing list "clients"'],
    [
      "a record without id",
      '{"format":1,"sequence":0,"organization":{},"clients":[{}]}',
      'is not a sandbox state: a record in "clients" has no id',
    ],
  ])("%s", (_what, text, problem) => {
    Store.open({ file }).close();
    writeFileSync(file, text);
    const relative = path.relative(process.cwd(), file);
    expect(() => Store.open({ file: relative })).toThrow(`"${relative}" ${problem}`);
    expect(() => Store.open({ file })).toThrow('"origins sandbox --reset"');
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test("a folder", () => {
    expect(() => Store.open({ file: folder })).toThrow(`"${folder}" cannot be read (EISDIR)`);
  });
});

describe("one process to a file", () => {
  test("a second store on the same file is refused until the first is closed", () => {
    const first = Store.open({ file });
    expect(() => Store.open({ file })).toThrow(`"${file}" is in use by another sandbox (process ${process.pid})`);
    expect(() => Store.open({ file: path.relative(process.cwd(), file) })).toThrow("in use");
    first.close();
    Store.open({ file }).close();
  });

  test("another living process keeps its file", () => {
    Store.open({ file }).close();
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    expect(() => Store.open({ file })).toThrow(`If process ${process.ppid} is not a sandbox, remove "${file}.lock".`);
  });

  test.each([
    ["a process that is gone", "2147483646\n"],
    ["a predecessor with the same number", `${process.pid}\n`],
    ["no process", ""],
  ])("a lock of %s is stale", (_whose, text) => {
    Store.open({ file }).close();
    writeFileSync(`${file}.lock`, text);
    Store.open({ file }).close();
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});

testOnPosix("a state file that others may not read stays so", async () => {
  const store = Store.open({ file });
  chmodSync(file, 0o600);
  fill(store);
  await store.saved();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  store.close();
});
