import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkReadable, pullLocks } from "../../lib/pull/pull-locks";
import { type Lock, printLock } from "../../lib/sources/lock/lock-text";

const lockOf = (host: string, sections: readonly string[], pulled = sections): Lock =>
  new Map([["vercel acme/shop", { pulled, hosts: new Map([[host, { sections }]]) }]]);

test.each([
  ["an invalid host", lockOf("not a host", ["production"]), 'line 6 has "not a host"'],
  ["a section that was not pulled", lockOf("www.example.com", ["a"], ["b"]), 'has "www.example.com" in "a"'],
  ["a host of no section", lockOf("www.example.com", [], ["a"]), "has no section for"],
])("a lock with %s is not written", (_, lock, reason) => {
  const check = (): void => {
    checkReadable("/project/origins.lock.json", printLock(lock), lock);
  };
  expect(check).toThrow(`"/project/origins.lock.json" was not written`);
  expect(check).toThrow(reason);
});

test("a lock that would read back as another one is not written", () => {
  const text = printLock(lockOf("www.example.com", ["production"]));
  expect(() => {
    checkReadable("origins.lock.json", text, lockOf("other.example.com", ["production"]));
  }).toThrow("its content would differ");
});

test("a pull of names that look like a lock's own text writes a lock that the next one reads", async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "locks-")));
  const lock = join(folder, "origins.lock.json");
  writeFileSync(lock, "<<<<<<< not a lock");
  const evaluations = ['a": {', "__proto__", "<<<<<<< a", '", "www.example.com": ["', "constructor"].map((section) => ({
    project: `nextConfig ${section}`,
    section,
    lock,
    evaluate: () => ({ addresses: [{ value: "www.example.com", place: { file: "x" } }], findings: [] }),
  }));
  const options = { environment: {}, evaluations };
  expect(await pullLocks([], options)).toMatchObject([{ stale: true }]);
  const written = readFileSync(lock, "utf8");
  expect(await pullLocks([], { ...options, check: true })).toMatchObject([{ stale: false, changes: [] }]);
  expect(readFileSync(lock, "utf8")).toBe(written);
  rmSync(folder, { recursive: true });
});
