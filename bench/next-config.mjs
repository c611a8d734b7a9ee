// How long `origins list` takes with applications whose configuration has to be evaluated: whole processes of the built command, with
// 1, 8 and 40 applications, each with env files. Beside it the same applications with one object of literals, which nothing evaluates.
// Elapsed time, and the processor time of all its processes, which says the same whatever else the machine does. Needs bash.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = Number(process.argv[2] ?? 5);

const configs = {
  evaluated: {
    "next.config.mjs": (index) =>
      `const hosts = [process.env.HOST];\nhosts.push("b${index}.example.com");\nexport default { experimental: { serverActions: { allowedOrigins: hosts } } };\n`,
  },
  literals: {
    "next.config.mjs": (index) =>
      `export default { experimental: { serverActions: { allowedOrigins: ["a${index}.example.com", "b${index}.example.com"] } } };\n`,
  },
};

/** A folder with so many applications and the file that declares an environment for each. */
function project(count, files) {
  const folder = mkdtempSync(join(tmpdir(), "bench-next-config-"));
  for (let index = 0; index < count; index++) {
    const application = join(folder, "apps", `app${index}`);
    mkdirSync(application, { recursive: true });
    writeFileSync(join(application, ".env"), `HOST=a${index}.example.com\n`);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(application, name), text(index));
  }
  const library = JSON.stringify(join(root, "dist", "index.js"));
  const environments = `const { nextConfig, nextEnvironment } = require(${library});
exports.environments = Array.from({ length: ${count} }, (_, index) =>
  nextEnvironment("app" + index, { kind: "production", addresses: [nextConfig("apps/app" + index)] }));\n`;
  writeFileSync(join(folder, "environments.js"), environments);
  return folder;
}

function list(folder, count) {
  const command = [process.execPath, join(root, "bin", "origins.js"), "list", "--json"];
  const timed = ["-c", `TIMEFORMAT="%R %U %S"; time "$@" 2>&-`, "bash", ...command];
  const { status, stdout, stderr } = spawnSync("bash", timed, { cwd: folder, encoding: "utf8" });
  const [elapsed, user, system] = stderr.trim().split(" ").map(Number);
  const hosts = status === 0 ? JSON.parse(stdout).flatMap(({ allowedDomains }) => allowedDomains) : [];
  if (hosts.length !== 2 * count) throw new Error(`origins list printed ${hosts.length} hosts: ${stdout}`);
  return { elapsed: elapsed * 1000, cpu: (user + system) * 1000 };
}

const times = {};
for (const count of [1, 8, 40]) {
  for (const [name, files] of Object.entries(configs)) {
    const folder = project(count, files);
    const all = Array.from({ length: rounds }, () => list(folder, count));
    const least = (key) => Math.round(Math.min(...all.map((each) => each[key])));
    times[`${name} ${count}`] = { elapsed: least("elapsed"), cpu: least("cpu") };
    rmSync(folder, { recursive: true });
  }
}
console.log(JSON.stringify(times));
