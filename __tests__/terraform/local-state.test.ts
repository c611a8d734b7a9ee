import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StackBackend } from "../../lib/terraform/stacks";
import { killedRun, localStateFile, readLocalState } from "../../lib/terraform/local-state";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-state-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the file of a local state", () => {
  test.each<[Partial<StackBackend>, NodeJS.ProcessEnv, Readonly<Record<string, string>>, string]>([
    [{}, {}, {}, "terraform.tfstate"],
    [{ localPath: "../a.tfstate" }, {}, {}, "../a.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "" }, {}, "../a.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "box" }, {}, "terraform.tfstate.d/box/terraform.tfstate"],
    [{ localWorkspaces: "ws" }, { TF_WORKSPACE: "box" }, {}, "ws/box/terraform.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "default" }, {}, "../a.tfstate"],
    [{}, {}, { ".terraform": "selected\n" }, "terraform.tfstate.d/selected/terraform.tfstate"],
    [{}, { TF_DATA_DIR: "" }, { ".terraform": "selected" }, "terraform.tfstate.d/selected/terraform.tfstate"],
    [
      {},
      { TF_DATA_DIR: "data" },
      { data: "selected", ".terraform": "other" },
      "terraform.tfstate.d/selected/terraform.tfstate",
    ],
    [{}, { TF_WORKSPACE: "box" }, { ".terraform": "selected" }, "terraform.tfstate.d/box/terraform.tfstate"],
    [{}, {}, { ".terraform": "\n" }, "terraform.tfstate"],
  ])("of %j with %j and the workspaces %j is %s", async (backend, environment, selected, file) => {
    for (const [data, workspace] of Object.entries(selected)) {
      mkdirSync(join(folder, data));
      writeFileSync(join(folder, data, "environment"), workspace);
    }
    const stack = { name: "shop", folder, gateway: false, dependencies: [], messengers: [] };
    const found = await localStateFile({ ...stack, backend: { type: "local", ...backend } }, environment);
    expect(found).toBe(join(folder, file));
  });
});

describe("the text of a local state", () => {
  test("is empty where there is no file", async () => {
    await expect(readLocalState(join(folder, "a.tfstate"))).resolves.toEqual({ text: "" });
  });

  test("is what the file holds, also when that is not JSON and no one is writing it", async () => {
    writeFileSync(join(folder, "a.tfstate"), '{"version"');
    await expect(readLocalState(join(folder, "a.tfstate"))).resolves.toEqual({ text: '{"version"' });
  });

  test("is read again while a run that holds the lock is writing it", async () => {
    const file = join(folder, "a.tfstate");
    writeFileSync(file, '{"version"');
    writeFileSync(join(folder, ".a.tfstate.lock.info"), "{}");
    const reading = readLocalState(file);
    const writing = setTimeout(() => {
      writeFileSync(file, '{"version": 4}');
    }, 120);
    try {
      await expect(reading).resolves.toEqual({ text: '{"version": 4}' });
    } finally {
      clearTimeout(writing);
    }
  });

  test.each([
    ["is whole, although a run holds the lock", '{"version": 4}', "{}"],
    ["is half written, but no one is writing it", '{"version"', ""],
  ])("is read once where it %s", async (_, text, lock) => {
    writeFileSync(join(folder, "a.tfstate"), text);
    if (lock !== "") writeFileSync(join(folder, ".a.tfstate.lock.info"), lock);
    const waits = jest.spyOn(globalThis, "setTimeout");
    try {
      await expect(readLocalState(join(folder, "a.tfstate"))).resolves.toEqual({ text });
      expect(waits).not.toHaveBeenCalled();
    } finally {
      waits.mockRestore();
    }
  });

  test.each([
    ['{"version":4,"outputs":{"environment":{}},"resources":[]}', true],
    ['{"version":4,"outputs":{},"resources":[{}]}', true],
    ['{"encrypted_data":"…"}', true],
    ['{"version":4,"outputs":{"environment":{}}}', true],
    ['{"version":4,"outputs":[{}],"resources":{"a":1}}', false],
    ['{"version":4,"outputs":{},"resources":[]}', false],
    ["", false],
    ['{"version":4,', false],
  ])("is Terraform's copy %j of it where a killed run has left the file empty: %s", async (copy, isRead) => {
    const file = join(folder, "a.tfstate");
    const backup = `${file}.backup`;
    writeFileSync(file, "");
    writeFileSync(backup, copy);
    await expect(readLocalState(file)).resolves.toEqual(isRead ? { text: copy, backup } : { text: "" });
    rmSync(file);
    await expect(readLocalState(file)).resolves.toEqual({ text: "" });
  });

  test.each(["", " \n"])("is the copy also where %j is left of the file", async (left) => {
    const file = join(folder, "a.tfstate");
    writeFileSync(file, left);
    await expect(readLocalState(file)).resolves.toEqual({ text: left });
    const text = '{"version":4,"resources":[{}]}';
    writeFileSync(`${file}.backup`, text);
    await expect(readLocalState(file)).resolves.toEqual({ text, backup: `${file}.backup` });
  });

  test("is what the file holds, whatever an older copy says", async () => {
    const file = join(folder, "a.tfstate");
    writeFileSync(file, '{"version":4}');
    writeFileSync(`${file}.backup`, '{"version":4,"resources":[{}]}');
    await expect(readLocalState(file)).resolves.toEqual({ text: '{"version":4}' });
  });

  test("is what is there in the end, where a run holds the lock for longer than it takes to write a file", async () => {
    const file = join(folder, "a.tfstate");
    writeFileSync(file, '{"version"');
    writeFileSync(join(folder, ".a.tfstate.lock.info"), "{}");
    await expect(readLocalState(file)).resolves.toEqual({ text: '{"version"' });
  });

  test("cannot be told where the file cannot be read", async () => {
    mkdirSync(join(folder, "a.tfstate"));
    await expect(readLocalState(join(folder, "a.tfstate"))).rejects.toThrow("EISDIR");
  });
});

test("what is said of a state that a killed run left empty names its file", () => {
  expect(killedRun("/a.backup/shop.tfstate.backup")).toContain('"/a.backup/shop.tfstate"');
});
