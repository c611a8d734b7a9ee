import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file";
import { type State } from "./state";

/**
 * Keeps a copy of a state in a folder that only this user can open and that Git leaves alone. The same state is kept once,
 * however often it is asked for.
 *
 * @returns the copy's path
 */
export async function backUpState(folder: string, stackName: string, state: State, reason: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, ".gitignore"), "*\n");
  const hash = createHash("sha256").update(state.text).digest("hex").slice(0, 8);
  const name = [stackName, "serial", state.serial, reason, hash].join("-").replace(/[^\w.-]/g, "_");
  const file = join(folder, `${name}.tfstate`);
  replaceFile(file, state.text, { mode: 0o600 });
  return file;
}
