// What the published package holds: lib/ as JavaScript with its declarations, from scratch. The library's entries are each
// bundled into one file, because a hundred small ones take Node three times as long to load; their dependencies stay outside.
import { spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { root } from "./install.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;

// JavaScript that travels as it stands: the page's loader, and what a process of its own runs. tsc has nothing to do with it.
const scripts = [join("sandbox", "runtime", "loader.js"), join("sources", "next-config", "evaluate-config.js")];
if (status === 0) {
  for (const script of scripts) copyFileSync(join(root, "lib", script), join(root, "dist", script));
  // What a test runner's own types gain is written by hand, in both module systems: tsc compiles none of it.
  for (const name of readdirSync(join(root, "lib", "testing"))) {
    if (/\.(d\.ts|d\.mts|mjs)$/.test(name))
      copyFileSync(join(root, "lib", "testing", name), join(root, "dist", "testing", name));
  }
  buildSync({
    absWorkingDir: root,
    entryPoints: ["lib/index.ts", "lib/testing/index.ts"],
    outdir: "dist",
    outbase: "lib",
    allowOverwrite: true,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.9",
  });
}
