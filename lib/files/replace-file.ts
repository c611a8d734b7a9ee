import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

/** How a file is replaced. */
export interface ReplaceFileOptions {
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
 * Writes a text in one step: whoever reads the file, and a process killed at any instant, leaves or finds the old text or
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
