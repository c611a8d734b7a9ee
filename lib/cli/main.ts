import { constants } from "node:os";
import { guardStreams, printAside } from "./output";
import { asksForJson, fail, run } from "./run";
import { UserError } from "../base/errors";

const parameters = process.argv.slice(2);

guardStreams();
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit(1);
});
if (asksForJson(parameters)) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (process.listenerCount(signal) > 1) return; // work that must not be cut short
      fail(new UserError(`Interrupted by ${signal}.`));
      process.exit(128 + constants.signals[signal]);
    });
  }
}
// Node.js itself would print warnings past the guard.
process.removeAllListeners("warning");
process.on("warning", ({ name, message }) => {
  if (process.env["NODE_NO_WARNINGS"] !== "1") printAside(`(node:${process.pid}) ${name}: ${message}`);
});

void run(parameters).finally(() => {
  // After an interruption nobody waits for answers that were still to come.
  if (Number(process.exitCode) > 128) process.exit();
});
