import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stampFile } from "./stamp.mjs";

/**
 * Puts the files and their stamp in the place of lib/.
 *
 * They are written beside it first: whoever is killed in between leaves the old folder or the new one, and nothing of
 * an older schema stays behind in it.
 */
export function replaceLib(packageFolder, files, stamp) {
  const lib = join(packageFolder, "lib");
  const next = join(packageFolder, ".generated", `lib-${process.pid}`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(next, path)), { recursive: true });
    writeFileSync(join(next, path), text);
  }
  writeFileSync(stampFile(next), stamp);
  rmSync(lib, { recursive: true, force: true });
  renameSync(next, lib);
  rmSync(dirname(next), { recursive: true });
}
