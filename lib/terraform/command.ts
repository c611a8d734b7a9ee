import { once } from "node:events";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import spawn from "cross-spawn";
import { makeTemporaryFolder } from "../base/files";

/** How a command is run. */
export interface CommandOptions {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** When it fires, the command gets one SIGINT and is waited for. */
  readonly interruption?: AbortSignal | undefined;
  /** What it reads from its standard input. Default: nothing. */
  readonly input?: string;
  /** Runs it by the system's shell; it and all that it starts get the SIGINT. */
  readonly shell?: boolean;
}

/** How a command ended, and what it printed. */
export interface CommandEnd {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
  readonly errors: string;
  /** Whether it was told to stop while it ran, or before: then it did not start. */
  readonly interrupted: boolean;
  readonly started: boolean;
}

const nothing = { code: undefined, output: "", errors: "" } as const;
const isWindows = process.platform === "win32";

/**
 * Runs a command to its end, whatever happens to this process meanwhile.
 *
 * It prints to files, not to pipes: Terraform dies of the first line that it cannot print, and loses the state of what it
 * was creating, when the process at the other end of its pipe was killed. It has a separate session, because a terminal's
 * Ctrl+C goes to everything that runs on the terminal: with the SIGINT from here it would be the second, and a second one
 * makes Terraform stop without saving. (On Windows there is no SIGINT to send: there the console's Ctrl+C is the one.)
 *
 * @throws what the system says when the command cannot be started
 */
export async function runCommand(
  program: string,
  parameters: readonly string[],
  { folder, environment, interruption, input, shell = false }: CommandOptions,
): Promise<CommandEnd> {
  const files = await PrivateFiles.open();
  try {
    if (input !== undefined) await files.input.write(input, 0); // with its place, so that the command reads it from there
    if (interruption?.aborted === true) return { ...nothing, interrupted: true, started: false };
    const child = spawn(program, parameters, {
      cwd: folder,
      env: environment,
      detached: !isWindows,
      shell,
      stdio: [input === undefined ? "ignore" : files.input.fd, files.output.fd, files.errors.fd],
    });
    let interrupted = false;
    const interrupt = (): void => {
      interrupted = true;
      if (isWindows) return;
      if (shell) interruptGroup(child.pid);
      else child.kill("SIGINT");
    };
    interruption?.addEventListener("abort", interrupt, { once: true });
    try {
      const [code] = (await once(child, "close")) as [number | null];
      const [output, errors] = await Promise.all([everything(files.output), everything(files.errors)]);
      return { code: code ?? undefined, output, errors, interrupted, started: true };
    } finally {
      interruption?.removeEventListener("abort", interrupt);
    }
  } finally {
    await files.close();
  }
}

function interruptGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGINT");
  } catch {
    // It has ended meanwhile.
  }
}

/** Files that only this user can open, and no one once they are open here: nothing is left of them by a kill. */
class PrivateFiles {
  static async open(): Promise<PrivateFiles> {
    const folder = await makeTemporaryFolder("run");
    const file = (name: string): Promise<FileHandle> => open(join(folder, name), "wx+", 0o600);
    const files = new PrivateFiles(folder, await file("input"), await file("output"), await file("errors"));
    if (!isWindows) await files.remove();
    return files;
  }

  private constructor(
    private readonly folder: string,
    readonly input: FileHandle,
    readonly output: FileHandle,
    readonly errors: FileHandle,
  ) {}

  async close(): Promise<void> {
    await Promise.all([this.input.close(), this.output.close(), this.errors.close()]);
    if (isWindows) await this.remove();
  }

  private remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** The whole file: the command has moved the place that a read would begin at. */
async function everything(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const buffer = Buffer.alloc(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(buffer, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.toString("utf8", 0, length);
}
