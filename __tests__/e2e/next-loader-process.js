// Loads many configurations with the real `loadConfig` of one version of Next.js, one after the other, in one process. A line in
// is a folder and a phase; a line out are the hosts that Next.js resolved, or what it threw.
"use strict";

const { createInterface } = require("node:readline");
const Module = require("node:module");
const { writeSync } = require("node:fs");

const required = Module.createRequire(`${process.argv[2]}/next.config.js`);
const quiet = { info() {}, error() {}, warn() {} };
for (const name of ["log", "warn", "error", "info"]) console[name] = () => undefined;

required("next/dist/server/require-hook");
const env = Module.createRequire(required.resolve("next/package.json"))("@next/env");
const { default: loadConfig } = required("next/dist/server/config");
env.loadEnvConfig(process.argv[2], false, quiet, true);
const base = { ...env.initialEnv };

/** What the configuration before has set is gone, and the env files of this one are there. */
function reset(folder, isDevelopment) {
  for (const name of Object.keys(env.initialEnv)) if (!(name in base)) delete env.initialEnv[name];
  // Next.js resolves what its compiled configuration requires from the folder that it runs in, and Node.js remembers where that was.
  for (const key of Object.keys(Module._pathCache)) delete Module._pathCache[key];
  env.updateInitialEnv({ ...base, NODE_ENV: isDevelopment ? "development" : "production" });
  env.loadEnvConfig(folder, isDevelopment, quiet, true);
}

async function load({ folder, phase }) {
  process.chdir(folder);
  reset(folder, phase === "phase-development-server");
  const { i18n, allowedDevOrigins, experimental, env: variables } = await loadConfig(phase, folder, { silent: false });
  return { i18n, allowedDevOrigins, experimental: { serverActions: experimental?.serverActions }, env: variables };
}

let before = Promise.resolve();
createInterface({ input: process.stdin }).on("line", (line) => {
  before = before.then(async () => {
    const answer = await load(JSON.parse(line)).then(
      (resolved) => ({ resolved }),
      (error) => ({ failure: String(error?.cause?.message ?? error?.message ?? error) }),
    );
    writeSync(3, `${JSON.stringify(answer)}\n`);
  });
});
