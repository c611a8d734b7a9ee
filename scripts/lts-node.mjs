// The newest LTS release of Node, on which `npm test` runs the unit tests once more when it runs on an older one itself.
import { join } from "node:path";
import { root } from "./install.mjs";

/** To be raised, with the matrix of .github/workflows/ci.yml, when another release line becomes LTS. */
export const lts = 24;

/** Whether the Node that runs is as new. */
export const runsOnLts = Number(process.versions.node.split(".")[0]) >= lts;

/** Where that Node is, installed on the first call as the tests install other versions; otherwise why it cannot be had. */
export async function ltsNode() {
  const { createJiti } = await import("jiti"); // is there only once the packages are installed
  const { nodeBinary } = await createJiti(import.meta.url).import(join(root, "__tests__", "from-npm.ts"));
  try {
    return { path: nodeBinary(lts) };
  } catch (error) {
    const [what, why = ""] = error.message.split("\n");
    return { reason: `${what} ${why}`.trim() };
  }
}
