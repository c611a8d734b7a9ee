#!/usr/bin/env node
"use strict";

// In a checkout the command runs from its sources, so that it is never older than they are; in the published package from
// the compiled files.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const sources = join(root, "lib", "cli", "main.ts");

if (existsSync(sources)) {
  require("ts-node").register({ projectSearchDir: root, cwd: root });
  require(sources);
} else {
  require(join(root, "dist", "cli", "main.js"));
}
