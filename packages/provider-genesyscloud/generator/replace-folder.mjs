import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stampFile } from "./stamp.mjs";

/**
 * Puts the files and their stamp in the place of a folder.
 *
 * They are written beside it first: a run that is killed in between leaves the old folder or the new one, and nothing of
 * an older schema stays behind in it.
 *
 * @param name the folder in the package, such as `lib`
 */
export function replaceFolder(packageFolder, name, files, stamp) {
  const folder = join(packageFolder, name);
  const next = join(packageFolder, ".generated", `${name}-${process.pid}`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(next, path)), { recursive: true });
    writeFileSync(join(next, path), text);
  }
  writeFileSync(stampFile(next), stamp);
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
  rmSync(dirname(next), { recursive: true });
}
