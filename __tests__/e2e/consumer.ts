import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Core, cores } from "./cores";

const root = resolve(__dirname, "../..");

/** Makes the tarball that would be published, in that folder; answers its path. */
export function pack(folder: string): string {
  const npm = process.env["npm_execpath"];
  const [command, prefix] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const packed = execFileSync(command, [...prefix, "pack", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
  return join(folder, filename);
}

/**
 * A project of somebody else's, with the tarball of `npm pack` installed in it, and with what that depends on: none of the
 * development dependencies of this one. No registry is asked; the packages are those that are installed here.
 */
export class Consumer {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
  /** Where the package was unpacked. */
  readonly installed = join(this.folder, "node_modules", "cdktf-genesys-messenger");

  /**
   * @param tarball what `npm pack` made; it takes its time, so consumers share it
   * @param installed the cores that the project has installed
   */
  constructor(
    readonly tarball: string,
    installed: readonly Core[] = ["cdktf"],
  ) {
    mkdirSync(this.installed, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", this.installed, "--strip-components=1"]);
    const { dependencies, peerDependencies, bundleDependencies } = this.manifest;
    const missing: readonly string[] = [...bundleDependencies, ...cores.filter((core) => !installed.includes(core))];
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (!missing.includes(name)) this.link(name);
    }
  }

  /** The package.json in the tarball. */
  get manifest(): Manifest {
    return JSON.parse(readFileSync(join(this.installed, "package.json"), "utf8")) as Manifest;
  }

  /** The files in the tarball. */
  get files(): readonly string[] {
    return readdirSync(this.installed, { recursive: true, encoding: "utf8" });
  }

  /** Has a package that is installed here in the project too. */
  link(name: string): void {
    const place = join(this.folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, "node_modules", name), place);
  }

  /** Writes files of the project, by their paths. */
  write(files: Readonly<Record<string, string | object>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** Runs Node in a folder of the project; what it printed. */
  node(parameters: readonly string[], folder = "."): string {
    return execFileSync(process.execPath, parameters, { cwd: join(this.folder, folder), encoding: "utf8" });
  }

  /** The same of a program that may fail. */
  run(parameters: readonly string[], folder = "."): ToolRun {
    const cwd = join(this.folder, folder);
    const { status, stdout, stderr } = spawnSync(process.execPath, parameters, { cwd, encoding: "utf8" });
    return { code: status, stdout, stderr };
  }

  /** Compiles a folder of the project by its own tsconfig.json; the compiler's errors, none when all is well. */
  compile(folder: string): string {
    const { stdout } = this.tool("typescript/bin/tsc", ["-p", "."], folder);
    return stdout;
  }

  /** Runs a tool of a team's with its own files: it is not a part of what is tested. */
  tool(script: string, parameters: readonly string[], folder = ".", environment: NodeJS.ProcessEnv = {}): ToolRun {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "node_modules", script), ...parameters],
      {
        cwd: join(this.folder, folder),
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, CI: "true", ...environment },
      },
    );
    return { code: status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** How a tool ended, and what it printed. */
export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly bundleDependencies: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
}
