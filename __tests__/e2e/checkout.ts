import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { buildSync } from "esbuild";
import { type OrganizationState } from "../../packages/sandbox/lib/cloud/state";
import { Store } from "../../packages/sandbox/lib/cloud/store";

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

  /** One whose command, and what environments.ts imports, is compiled as the published package has it: a test calls it many times. */
  static compiled(): Checkout {
    const checkout = new Checkout();
    for (const entry of ["main", "terraform"]) rmSync(join(checkout.folder, "lib", "cli", `${entry}.ts`)); // so that bin/ takes the bundles
    compileCommand(checkout.folder);
    for (const entry of ["index", "environments"]) {
      bundle(`lib/${entry}.ts`, join(checkout.folder, "dist", `${entry}.cjs`));
      writeFileSync(join(checkout.folder, "lib", `${entry}.ts`), `export * from "../dist/${entry}.cjs";\n`);
    }
    return checkout;
  }

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

/** Changes what the sandbox of a project has while none is running there, as people do past Terraform; answers what the change answers. */
export function changeSandbox<Result>(folder: string, change: (state: OrganizationState) => Result): Result {
  const store = Store.open({ file: join(folder, ".sandbox", "state.json") });
  try {
    return store.change(change);
  } finally {
    store.close();
  }
}

/** Makes the command `origins` available in a folder, in one file, as the published package has it compiled. */
export function installCommand(folder: string): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  compileCommand(folder);
}

/** The sandbox is in the bundle, too: otherwise each command that starts it would compile all of it. */
export const sandboxSources = { "genesys-cloud-sandbox": join(root, "packages", "sandbox", "lib", "index.ts") };

/** The folder of the programs that evaluate a next.config: they run in processes for themselves. */
const evaluation = join("sources", "next-config");

function compileCommand(folder: string): void {
  for (const entry of ["main", "terraform"]) bundle(`lib/cli/${entry}.ts`, join(folder, "dist", "cli", `${entry}.js`));
  cpSync(join(root, "bin"), join(folder, "bin"), { recursive: true });
  cpSync(join(root, "packages", "sandbox", "lib", "runtime", "loader.js"), join(folder, "dist", "cli", "loader.js"));
  cpSync(join(root, "lib", evaluation), join(folder, "dist", evaluation), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  });
}

/** Bundles a program of the project, with what it imports of the project. */
export function bundle(source: string, outfile: string): void {
  buildSync({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.9",
    alias: sandboxSources,
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
