import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { buildSync } from "esbuild";

const root = resolve(__dirname, "../..");
const sources = ["bin", "lib", "main.ts", "environments.ts", "cdktf.json", "package.json", "tsconfig.json"];

/** What a command printed and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project that shares the installed packages, so that a test leaves nothing in the real one. */
export class Checkout {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "checkout-")));

  constructor() {
    for (const name of sources) cpSync(join(root, name), join(this.folder, name), { recursive: true });
    cpSync(join(root, "examples"), join(this.folder, "examples"), {
      recursive: true,
      filter: (path) => !/[/\\](node_modules|\.next)$/.test(path),
    });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The command line of `origins` in this copy. */
  origins(...parameters: readonly string[]): readonly string[] {
    return [process.execPath, join(this.folder, "bin", "origins.js"), ...parameters];
  }

  /** Runs a command in the copy and waits for its end. */
  async run(command: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Finished> {
    return finished(this.start(command, environment));
  }

  /** Starts a command in the copy. */
  start([program = "", ...parameters]: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1", NO_COLOR: "1", ...environment };
    return spawn(program, parameters, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"] });
  }
}

/** Makes the command `origins` available in a folder, in one file, as the published package has it compiled. */
export function installCommand(folder: string): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  buildSync({
    absWorkingDir: root,
    entryPoints: ["lib/cli/main.ts"],
    outfile: join(folder, "dist", "cli", "main.js"),
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.9",
  });
}

/** Waits for a process to end, and for everything that it printed. */
export async function finished(child: ChildProcess): Promise<Finished> {
  const [stdout, stderr, [code, signal]] = await Promise.all([
    child.stdout === null ? "" : text(child.stdout),
    child.stderr === null ? "" : text(child.stderr),
    once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { code, signal, stdout, stderr };
}
