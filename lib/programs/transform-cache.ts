import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { hasProperties } from "../base/errors";
import { replaceFile } from "../base/files";
import { type NamedImport } from "./babel-plugins";
import { upwards } from "./packages";

/** A module that has been compiled, and what the compiler has noticed in it. */
export interface Transformed {
  readonly code: string;
  readonly imports: readonly Omit<NamedImport, "file">[];
}

/** With more modules than this, most of those in the cache are not there any more: it starts again. */
const mostModules = 500;

/**
 * The compiled form of a module: the one of the last time while neither the module nor the compiler has changed, because loading the
 * compiler takes longer than everything else that `origins list` does. It is kept where build tools keep such files,
 * `node_modules/.cache` of the project, one file a module. Without `node_modules`, or where nothing can be written, every run compiles.
 *
 * @param filename the module's absolute path
 * @param input all that the result depends on: the source, the compiler and its options
 */
export function cachedTransform(
  filename: string,
  input: readonly unknown[],
  transform: () => Transformed,
): Transformed {
  const modules = upwards(dirname(filename))
    .map((folder) => join(folder, "node_modules"))
    .find((folder) => existsSync(folder));
  if (modules === undefined) return transform();
  const folder = join(modules, ".cache", "cdktf-genesys-messenger");
  const file = join(folder, `${hashOf(filename)}.json`);
  const key = hashOf(JSON.stringify([filename, compilerFile(), process.version, ...input]));
  const kept = keptTransform(file, key);
  if (kept !== undefined) return kept;
  const transformed = transform();
  try {
    // Modules come and go, and temporary folders with them.
    if (existsSync(folder) && readdirSync(folder).length >= mostModules) rmSync(folder, { recursive: true });
    mkdirSync(folder, { recursive: true });
    // What a power cut leaves behind does not have the key.
    replaceFile(file, JSON.stringify({ key, ...transformed }), { sync: false });
  } catch {
    // A folder that cannot be written to, or a full disk: the next run compiles again.
  }
  return transformed;
}

function keptTransform(file: string, key: string): Transformed | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isTransformed(kept) && kept.key === key ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isTransformed(value: unknown): value is Transformed & { readonly key: string } {
  return hasProperties(value) && typeof value["code"] === "string" && Array.isArray(value["imports"]);
}

/** This file as it is installed: the plugins of the compiler are beside it, or in it. */
function compilerFile(): string {
  const { size, mtimeMs } = statSync(__filename);
  return `${size} ${mtimeMs}`;
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
