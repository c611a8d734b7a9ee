// How long the packed command takes to begin: whole processes, in turn, against Node doing nothing.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { medians } from "./ratio.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// The example application as a project that has the package installed, so that the command is the packed one.
const project = mkdtempSync(join(tmpdir(), "start-up-"));
const installed = join(project, "node_modules", "cdktf-genesys-messenger");
mkdirSync(join(project, "node_modules"));
symlinkSync(root, installed);
cpSync(join(root, "examples", "storefront"), join(project, "examples", "storefront"), {
  recursive: true,
  filter: (path) => !path.includes("node_modules") && !path.includes(".next"),
});
writeFileSync(
  join(project, "environments.ts"),
  readFileSync(join(root, "environments.ts"), "utf8").replace(
    "./lib/environments",
    "cdktf-genesys-messenger/environments",
  ),
);

const run =
  (...parameters) =>
  () => {
    const { status } = spawnSync(process.execPath, parameters, { cwd: project });
    if (status !== 0) throw new Error(`node ${parameters.join(" ")} failed`);
  };
const command = join(root, "dist", "cli", "main.js");
try {
  console.log(
    JSON.stringify(medians({ node: run("-e", "0"), help: run(command, "--help"), list: run(command, "list") }, 15)),
  );
} finally {
  rmSync(project, { recursive: true, force: true });
}
