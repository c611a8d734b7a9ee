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

// The page's loader is browser JavaScript that is served as it stands; tsc has nothing to do with it.
const loader = join("sandbox", "runtime", "loader.js");
if (status === 0) {
  copyFileSync(join(root, "lib", loader), join(root, "dist", loader));
  // What a test runner's own types gain is written by hand: tsc compiles none of it, because not every runner is installed.
  for (const name of readdirSync(join(root, "lib", "testing"))) {
    if (name.endsWith(".d.ts")) copyFileSync(join(root, "lib", "testing", name), join(root, "dist", "testing", name));
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
