// Installs what package-lock.json names, once: later runs see that nothing changed and return at once. Only Node's own
// modules here, because this is what runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

const stamp = join(root, "node_modules", ".installed-lock");

/** What an installation depends on: the lock file and the Node that runs it. */
function wanted() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(process.version)
    .digest("hex");
}

/** `npm` without a shell: the npm that runs this script, or the one on the PATH. */
export function npm(args, options = {}) {
  const runningNpm = process.env.npm_execpath;
  const [command, prefix] = runningNpm ? [process.execPath, [runningNpm]] : ["npm", []];
  return spawnSync(command, [...prefix, ...args], { cwd: root, stdio: "inherit", ...options });
}

/** Installs if needed; ends the process with npm's own exit code when that fails. */
export function ensureInstalled() {
  const hash = wanted();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  console.log("Installing the packages that package-lock.json names (about a minute, once) …");
  const started = performance.now();
  const { status } = npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status !== 0) {
    console.error("\nnpm ci failed: see its message above. Configure a proxy or a custom registry in ~/.npmrc.");
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, hash);
  console.log(`Installed in ${((performance.now() - started) / 1000).toFixed(0)} s.\n`);
}
