import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const cache = resolve(__dirname, "../../node_modules/.cache/node-versions");
const isWindows = process.platform === "win32";
const package_ = `node-${isWindows ? "win" : process.platform}-${process.arch}`;
const programs = new Map<string, Promise<string>>();

/**
 * The executable of another version of Node.js, from the package that the npm registry has of it. It is installed once, and kept in
 * `node_modules/.cache`.
 *
 * @param version such as `24`, the newest of that line, or `20.9`
 */
export function nodeBinary(version: number | string): Promise<string> {
  const key = String(version);
  const known = programs.get(key) ?? install(key);
  programs.set(key, known);
  return known;
}

/** The folder of that executable, to be put in front of a PATH. Its `node` is the only program in it. */
export async function nodeFolder(version: number | string): Promise<string> {
  return resolve(await nodeBinary(version), "..");
}

async function install(version: string): Promise<string> {
  const home = join(cache, version);
  const program = join(home, "node_modules", package_, "bin", isWindows ? "node.exe" : "node");
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  // Another test may install the same version: each does so in a folder of its own, and the first one stays.
  const folder = mkdtempSync(join(cache, `${version}-`));
  const npm = process.env["npm_execpath"];
  const [command, prefix] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const parameters = [
    "install",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--prefix",
    folder,
    `${package_}@${version}`,
  ];
  await run(command, [...prefix, ...parameters], { shell: isWindows && npm === undefined });
  try {
    renameSync(folder, home);
  } catch (error) {
    if (!existsSync(program)) throw error;
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}
