import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StackBackend } from "../../lib/terraform";
import { localStateFile, readLocalState } from "../../lib/terraform/local-state";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-state-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the file of a local state", () => {
  test.each<[Partial<StackBackend>, NodeJS.ProcessEnv, string]>([
    [{}, {}, "terraform.tfstate"],
    [{ localPath: "../a.tfstate" }, {}, "../a.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "" }, "../a.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "sandbox" }, "terraform.tfstate.d/sandbox/terraform.tfstate"],
    [{ localWorkspaces: "ws" }, { TF_WORKSPACE: "sandbox" }, "ws/sandbox/terraform.tfstate"],
    [{ localPath: "../a.tfstate" }, { TF_WORKSPACE: "default" }, "../a.tfstate"],
    [{}, { TF_DATA_DIR: "data" }, "terraform.tfstate.d/selected/terraform.tfstate"],
  ])("of %j with %j is %s", async (backend, environment, file) => {
    if (environment["TF_DATA_DIR"] !== undefined) {
      environment = { TF_DATA_DIR: folder };
      writeFileSync(join(folder, "environment"), "selected\n");
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

  test("is what the file holds, also when that is no JSON and nobody is writing it", async () => {
    writeFileSync(join(folder, "a.tfstate"), '{"version"');
    await expect(readLocalState(join(folder, "a.tfstate"))).resolves.toEqual({ text: '{"version"' });
  });

  test("is read again while a run that holds the lock is writing it", async () => {
    const file = join(folder, "a.tfstate");
    writeFileSync(file, '{"version"');
    writeFileSync(join(folder, ".a.tfstate.lock.info"), "{}");
    const reading = readLocalState(file);
    setTimeout(() => {
      writeFileSync(file, '{"version": 4}');
    }, 10);
    await expect(reading).resolves.toEqual({ text: '{"version": 4}' });
  });

  test.each([
    ['{"version":4,"outputs":{"environment":{}},"resources":[]}', true],
    ['{"version":4,"outputs":{},"resources":[{}]}', true],
    ['{"encrypted_data":"…"}', true],
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
});
