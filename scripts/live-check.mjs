// `npm run live-check`: what the project expects of Genesys Cloud, tried on a real organisation. From its sources, in this process, so
// that a signal reaches it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const require = createRequire(import.meta.url);
require("ts-node").register({ projectSearchDir: root, cwd: root });
require(join(root, "live-check", "main.ts"));
