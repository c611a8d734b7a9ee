#!/usr/bin/env node
"use strict";

// As bin/origins.js: from its sources in a checkout, otherwise from the compiled files.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");
const sources = join(root, "lib", "cli", "terraform.ts");

if (existsSync(sources)) {
  require("ts-node").register({ projectSearchDir: root, cwd: root });
  require(sources);
} else {
  require(join(root, "dist", "cli", "terraform.js"));
}
