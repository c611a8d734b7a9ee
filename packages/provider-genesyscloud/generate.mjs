/**
 * Turns schema.json into the package's JavaScript and declarations: `npm run generate`, which the root's `prepare` runs.
 * lib/ holds the bindings for cdktf, and cdktn/ the same files for cdktn.
 *
 * Nothing happens while the schema, the generator and the tools are those that made the folders: the answer then comes in
 * milliseconds, because the tools (a second to load) are imported only when there is work for them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isCurrent, stampOf } from "./generator/stamp.mjs";

const packageFolder = fileURLToPath(new URL(".", import.meta.url));
const stamp = stampOf(packageFolder);

if (!isCurrent(packageFolder, stamp)) {
  const started = performance.now();
  const [{ bindingsOf }, { compile, forCdktn }, { replaceFolder }] = await Promise.all([
    import("./generator/bindings.mjs"),
    import("./generator/compile.mjs"),
    import("./generator/replace-folder.mjs"),
  ]);
  const schema = JSON.parse(readFileSync(new URL("schema.json", import.meta.url), "utf8"));
  const sources = await bindingsOf(schema, join(packageFolder, ".generated", `sources-${process.pid}`));
  const files = compile(join(packageFolder, "lib"), sources);
  replaceFolder(packageFolder, "cdktn", forCdktn(files), stamp);
  replaceFolder(packageFolder, "lib", files, stamp);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`@cdktf/provider-genesyscloud: 2 × ${files.size} files from schema.json in ${seconds} s`);
}
