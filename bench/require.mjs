// How much `require("cdktf-genesys-messenger")` costs a stack that requires cdktf anyway: whole processes, in turn.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { medians } from "./ratio.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const load = (program) => () => {
  const { status } = spawnSync(process.execPath, ["-e", program], { cwd: root });
  if (status !== 0) throw new Error(`node -e '${program}' failed`);
};

const times = medians({ cdktf: load(`require("cdktf")`), ours: load(`require("./dist/index.js")`) }, 15);
console.log(JSON.stringify({ ...times, ratio: times.ours / times.cdktf }));
