"use strict";

// In a checkout the package runs from its sources, so that it is never older than they are; published, from the compiled files.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "..");

/** Loads a module of lib/, by its name. */
module.exports = (name) => {
  const sources = join(__dirname, "lib", `${name}.ts`);
  if (!existsSync(sources)) return require(join(__dirname, "dist", `${name}.js`));
  const isRegistered = process[Symbol.for("ts-node.register.instance")] !== undefined;
  if (!isRegistered) require("ts-node").register({ projectSearchDir: root, cwd: root });
  return require(sources);
};
