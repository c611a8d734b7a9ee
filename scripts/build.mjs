// What the published package holds: lib/ as JavaScript with its declarations, from scratch. The library's entry is bundled
// into one file, because a hundred small ones take Node three times as long to load; its dependencies stay outside.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
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
  buildSync({
    absWorkingDir: root,
    entryPoints: ["lib/index.ts"],
    outfile: "dist/index.js",
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.9",
  });
}
