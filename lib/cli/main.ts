import { CommanderError } from "commander";
import { printAside } from "./output";
import { createProgram } from "./program";
import { describeError } from "./user-error";

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
    if (error instanceof CommanderError) return;
    printAside(describeError(error));
  })
  .finally(() => {
    // After an interruption nobody waits for answers that were still to come.
    if (Number(process.exitCode) > 128) process.exit();
  });
