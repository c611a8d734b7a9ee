import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { whileLocked } from "../../lib/base/folder-lock";
import { type Core, cores } from "./cores";

const root = resolve(__dirname, "../..");

/** The packages that this project publishes. */
export type Published = "cdktf-genesys-messenger" | "genesys-cloud-sandbox";

/** How long {@link pack} may take in milliseconds, with its wait for other tests that pack as well. */
export const longestPack = 600_000;

/**
 * Makes the tarball that would be published, in that folder; answers its path. One test at a time: a build replaces dist/. Of the same
 * sources it is made once, for all suites that need it.
 */
export function pack(folder: string, name: Published = "cdktf-genesys-messenger"): Promise<string> {
  const cache = join(root, "node_modules", ".cache", "packing");
  return whileLocked(join(cache, "lock"), () => {
    const made = join(cache, sourcesOfPackages(), name);
    if (!existsSync(made)) {
      const making = `${made}.making`;
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { recursive: true });
      packNow(making, name);
      renameSync(making, made);
    }
    const [filename = ""] = readdirSync(made);
    cpSync(join(made, filename), join(folder, filename));
    return Promise.resolve(join(folder, filename));
  });
}

/** What the packages are made of: a hash of all files of the project but its tests, its examples and what is built. */
function sourcesOfPackages(): string {
  const hash = createHash("sha256");
  const add = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort(byName)) {
      const path = join(folder, entry.name);
      if (/^(?:\..*|node_modules|__tests__|examples|reports|cdktf\.out|dist(?:-.*)?)$/.test(entry.name)) continue;
      if (entry.isDirectory()) add(path);
      else if (entry.isFile())
        hash
          .update(`${path}\0`)
          .update(readFileSync(join(root, path)))
          .update("\0");
    }
  };
  add("");
  return hash.digest("hex").slice(0, 16);
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1;

function packNow(folder: string, name: Published): string {
  const npm = process.env["npm_execpath"];
  const [command, prefix] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const workspace = name === "genesys-cloud-sandbox" ? ["--workspace", name] : [];
  const packed = execFileSync(command, [...prefix, "pack", ...workspace, "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [{ filename }] = JSON.parse(packed) as [{ readonly filename: string }];
  return join(folder, filename);
}

/**
 * A project of someone else's, with the tarball of `npm pack` installed in it, and with what that depends on: none of the
 * development dependencies of this one. No registry is asked; the packages are those that are installed here.
 */
export class Consumer {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
  /** Where the package was unpacked. */
  readonly installed: string;

  /**
   * @param tarball what `npm pack` made; it takes its time, so consumers share it
   * @param installed the cores that the project has installed
   * @param name the package that the tarball holds
   */
  constructor(
    readonly tarball: string,
    installed: readonly Core[] = ["cdktf"],
    name: Published = "cdktf-genesys-messenger",
  ) {
    this.installed = this.install(tarball, name);
    const missing: readonly string[] = [
      ...cores.filter((core) => !installed.includes(core)),
      "genesys-cloud-sandbox", // users who want it install it
    ];
    for (const peer of Object.keys(this.manifest.peerDependencies ?? {})) {
      if (!missing.includes(peer)) this.link(peer);
    }
  }

  /** Unpacks a tarball of `npm pack`, and has what that depends on in the project too; answers the folder. */
  install(tarball: string, name: Published): string {
    const place = join(this.folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", place, "--strip-components=1"]);
    for (const dependency of Object.keys(manifestIn(place).dependencies)) this.link(dependency);
    return place;
  }

  /** The package.json in the tarball. */
  get manifest(): Manifest {
    return manifestIn(this.installed);
  }

  /** The files in the tarball. */
  get files(): readonly string[] {
    return readdirSync(this.installed, { recursive: true, encoding: "utf8" });
  }

  /** Has a package that is installed here in the project too. */
  link(name: string): void {
    const place = join(this.folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    if (!existsSync(place)) symlinkSync(join(root, "node_modules", name), place);
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

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}
