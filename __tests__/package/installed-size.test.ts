import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly link?: boolean;
  readonly resolved?: string;
}

/** Where npm put a package that `from` asks for: the nearest node_modules on the way up. */
function locate(name: string, from: string): string | undefined {
  const candidate = [from, "node_modules", name].filter((part) => part !== "").join("/");
  if (lock.packages[candidate] !== undefined) return candidate;
  if (from === "") return undefined;
  const parent = from.lastIndexOf("/node_modules/");
  return locate(name, parent === -1 ? "" : from.slice(0, parent));
}

/** Every package that npm installs for these, themselves included. */
function installedFor(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const path = locate(name, from);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = lock.packages[path] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, path);
  };
  for (const name of names) visit(name, "");
  return found;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + bytesIn(path);
    return sum + statSync(path).size;
  }, 0);
}

describe("what a platform stack installs beyond cdktf and constructs", () => {
  const theirs = installedFor(["cdktf", "constructs"]);
  const ours = [...installedFor(Object.keys(manifest.dependencies))].filter((path) => !theirs.has(path));

  test("is at most 35 packages", () => {
    expect(ours).toContain("node_modules/tldts");
    expect(ours.length).toBeLessThanOrEqual(35);
  });

  test("is at most 15 MB", () => {
    const bytes = ours.map((path) => bytesIn(join(root, lock.packages[path]?.resolved ?? path)));
    expect(bytes.every((size) => size > 0)).toBe(true);
    expect(bytes.reduce((sum, size) => sum + size) / 1e6).toBeLessThanOrEqual(15);
  });
});
