import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";

/** A Node.js that tests can start programs with. */
export interface TestedNode {
  readonly version: string;
  readonly path: string;
}

/**
 * The Node.js that runs the tests, and those named in `OTHER_NODES`, executables separated as in the PATH. `npm test` names
 * the newest LTS release there.
 */
export const testedNodes: readonly TestedNode[] = [
  process.execPath,
  ...(process.env["OTHER_NODES"] ?? "").split(delimiter).filter((path) => path !== ""),
].map((path) => ({ path, version: spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim() }));
