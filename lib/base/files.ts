import { createHash, randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** How a file is replaced. */
interface ReplaceFileOptions {
  /**
   * The file's permissions.
   * @default those of the file that is replaced; of a new one 0o666, less the process's umask
   */
  readonly mode?: number;
  /**
   * Whether the text must outlive a power cut, not only the process. It costs a multiple of the write.
   * @default true
   */
  readonly sync?: boolean;
}

/**
 * Writes a text in one step: a reader of the file finds, and a process killed at any instant leaves, the old text or
 * the new one. The folder must be there.
 *
 * @throws the file system's own error; nothing is left beside the file then
 */
export function replaceFile(file: string, text: string, { mode, sync = true }: ReplaceFileOptions = {}): void {
  const kept = mode ?? statSync(file, { throwIfNoEntry: false })?.mode;
  // In the same folder, because a rename between two file systems is a copy.
  const draft = `${resolve(file)}.${randomUUID()}`;
  try {
    const descriptor = openSync(draft, "wx", kept);
    try {
      writeFileSync(descriptor, text);
      if (sync) fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (kept !== undefined) chmodSync(draft, kept & 0o777); // the umask is for new files
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Makes a temporary folder that only this user can open. Its name says which process it belongs to, so that what a killed process has
 * left behind is removed by the next one that makes such a folder.
 *
 * @param purpose a word for its name, such as `plan`
 * @returns its path; the caller removes it
 */
export async function makeTemporaryFolder(purpose: string): Promise<string> {
  const folder = tmpdir();
  await (swept ??= sweep(folder));
  return mkdtemp(join(folder, `origins-${purpose}-${machine()}-${process.pid}-`)); // 0700
}

/** Looked after once in a process. */
let swept: Promise<void> | undefined;

/**
 * Where a process id means one process: the machine, and in it the container. Several of them may share a folder of temporary files, and
 * what is alive in another one looks dead here.
 */
export function machine(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has them.
  }
  return createHash("sha256").update(`${hostname()}\n${namespace}`).digest("hex").slice(0, 8);
}

/** Removes the folders of processes of this user and this machine that do not run any more. What cannot be removed stays. */
async function sweep(folder: string): Promise<void> {
  const own = new RegExp(`^origins-[a-z]+-${machine()}-(\\d+)-[^-]+$`);
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const id = Number(own.exec(name)?.[1]);
      if (Number.isNaN(id) || isRunning(id)) return;
      const path = join(folder, name);
      const found = await lstat(path).catch(() => undefined);
      if (found?.isDirectory() !== true || (process.getuid !== undefined && found.uid !== process.getuid())) return;
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
    }),
  );
}

/** Whether a process of that number runs on this machine, whichever user started it. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

/** Whether the system's error has one of the codes, such as `ENOENT`. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === "object" && error !== null && "code" in error && codes.some((code) => code === error.code);
}
