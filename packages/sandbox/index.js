"use strict";

// Each name is written out, because ES modules find the names of a CommonJS module by reading, not by running.
const sandbox = require("./load.js")("index");
module.exports.addSandboxOptions = sandbox.addSandboxOptions;
module.exports.defaultStateFile = sandbox.defaultStateFile;
module.exports.faultText = sandbox.faultText;
module.exports.sandboxOptions = sandbox.sandboxOptions;
module.exports.parseFault = sandbox.parseFault;
module.exports.runOnTerminal = sandbox.runOnTerminal;
module.exports.startSandbox = sandbox.startSandbox;
module.exports.waitForInterrupt = sandbox.waitForInterrupt;
