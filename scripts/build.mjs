// What the published package holds: lib/ as JavaScript with its declarations, from scratch.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

rmSync(join(root, "dist"), { recursive: true, force: true });
const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;

// The page's loader is browser JavaScript that is served as it stands; tsc has nothing to do with it.
const loader = join("sandbox", "runtime", "loader.js");
if (status === 0) copyFileSync(join(root, "lib", loader), join(root, "dist", loader));
