import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../../lib/base/files";
import { testOnPosix } from "../posix";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "replace-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each([true, false])("replaces the whole text and leaves nothing beside it (sync %s)", (sync) => {
  const file = join(folder, "state.json");
  writeFileSync(file, "an older, longer text");
  replaceFile(file, "ü", { sync });
  expect(readFileSync(file, "utf8")).toBe("ü");
  expect(readdirSync(folder)).toEqual(["state.json"]);
});

testOnPosix("gives a new file the permissions that are asked for", () => {
  const file = join(folder, "secret.tfstate");
  replaceFile(file, "{}", { mode: 0o600 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

testOnPosix("leaves the permissions of a file that is there", () => {
  const file = join(folder, "private.json");
  writeFileSync(file, "{}");
  chmodSync(file, 0o640);
  replaceFile(file, "[]");
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test("says what the file system says, and leaves nothing, where the file cannot be replaced", () => {
  expect(() => {
    replaceFile(folder, "text");
  }).toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM/);
  expect(() => {
    replaceFile(join(folder, "missing", "file"), "text");
  }).toThrow(/ENOENT/);
  expect(readdirSync(folder)).toEqual([]);
});
