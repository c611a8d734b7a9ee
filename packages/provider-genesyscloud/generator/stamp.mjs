import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** What the bytes of the generated folders depend on besides the schema and this generator. */
const tools = ["@cdktf/provider-generator", "codemaker", "typescript", "cdktf", "constructs"];

/** The generated folders: the bindings for cdktf, and those for cdktn. */
const folders = ["lib", "cdktn"];

/** Where the stamp lies: inside the folder, so that a deleted folder takes it along. */
export const stampFile = (folder) => join(folder, ".stamp");

/** A digest of everything that the generated files depend on. */
export function stampOf(packageFolder) {
  const digest = createHash("sha256");
  const generator = readdirSync(join(packageFolder, "generator")).sort();
  for (const file of ["schema.json", "generate.mjs", ...generator.map((name) => join("generator", name))]) {
    digest
      .update(file)
      .update("\0")
      .update(readFileSync(join(packageFolder, file)))
      .update("\0");
  }
  for (const tool of tools) digest.update(`${tool} ${versionOf(tool)}\0`);
  return digest.digest("hex");
}

/** Whether the folders were made from exactly this. */
export function isCurrent(packageFolder, stamp) {
  try {
    return folders.every((folder) => readFileSync(stampFile(join(packageFolder, folder)), "utf8") === stamp);
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

function versionOf(tool) {
  try {
    return JSON.parse(readFileSync(require.resolve(`${tool}/package.json`), "utf8")).version;
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    throw new Error(
      `The bindings in packages/provider-genesyscloud cannot be generated: "${tool}" is not installed.\n\n` +
        "It is a development dependency of the root package: install without --omit=dev.",
      { cause: error },
    );
  }
}
