// `npm start`: the main job on the embedded sandbox, on a machine with nothing but Node and Terraform.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const { status } = spawnSync(process.execPath, [join(root, "bin", "origins.js"), "demo"], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
