import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { type Readable } from "node:stream";
import { type NextVersion, nextVersions, type ResolvedHosts } from "./next-application";

/** What `loadConfig` came to. */
export type Loaded =
  | { readonly resolved: ResolvedHosts; readonly failure?: never }
  | { readonly failure: string; readonly resolved?: never };

/** Writes files into a folder that may be new. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** One process with one version of Next.js that loads many configurations; their folders lie below its own. */
export class NextLoader {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "next-loader-")));
  private process: ChildProcess | undefined;
  private readonly waiting: ((loaded: Loaded) => void)[] = [];
  private count = 0;

  constructor(readonly version: NextVersion) {
    const modules = join(this.folder, "node_modules");
    for (const scope of ["@types", "@next"]) mkdirSync(join(modules, scope), { recursive: true });
    const next = realpathSync(join(nextVersions[version], "next"));
    symlinkSync(next, join(modules, "next"));
    const env = createRequire(join(next, "package.json")).resolve("@next/env/package.json");
    symlinkSync(dirname(env), join(modules, "@next/env"));
    symlinkSync(resolve(__dirname, "../../node_modules/typescript"), join(modules, "typescript"));
  }

  /** A fresh one where the last has ended: older versions end the process over what they refuse. */
  private start(): ChildProcess {
    const started = spawn(process.execPath, [join(__dirname, "next-loader-process.js"), this.folder], {
      stdio: ["pipe", "ignore", "pipe", "pipe"],
      cwd: this.folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        NODE_ENV: "production",
        NEXT_RUNTIME: "nodejs",
        CI: "true",
        NEXT_TELEMETRY_DISABLED: "1",
        NEXT_IGNORE_INCORRECT_LOCKFILE: "1",
      },
    });
    let complaint = "";
    started.stderr?.on("data", (text: Buffer) => (complaint += text.toString()));
    createInterface({ input: started.stdio[3] as Readable }).on("line", (line) => {
      this.waiting.shift()?.(JSON.parse(line) as Loaded);
    });
    started.on("exit", () => {
      this.process = undefined;
      for (const answer of this.waiting.splice(0)) answer({ failure: `Next.js ended: ${complaint}` });
    });
    return started;
  }

  /** A folder with these files. Each configuration has one for itself: what was loaded once stays in the process. */
  write(files: Readonly<Record<string, string>>): string {
    return writeFiles(join(this.folder, String(this.count++)), files);
  }

  load(folder: string, phase: string): Promise<Loaded> {
    return new Promise((answer) => {
      this.waiting.push(answer);
      this.process ??= this.start();
      this.process.stdin?.write(`${JSON.stringify({ folder, phase })}\n`);
    });
  }

  close(): void {
    this.process?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
