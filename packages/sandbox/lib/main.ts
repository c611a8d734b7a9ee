import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { errorMessage } from "../../../lib/base/errors";
// From the entry, which the build leaves outside: the command then loads the published dist/index.js.
import {
  addSandboxOptions,
  sandboxOptions,
  runOnTerminal,
  type SandboxFlags,
  startSandbox,
  waitForInterrupt,
} from "./index";

/** The same relative path leads to package.json from the sources and from the compiled files. */
function ownVersion(): string {
  const text = readFileSync(join(__dirname, "..", "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

async function run(words: readonly string[], flags: SandboxFlags): Promise<void> {
  const sandbox = await startSandbox(sandboxOptions(flags));
  try {
    if (words.length === 0) await waitForInterrupt(sandbox, console.log);
    else process.exitCode = await runOnTerminal(words, { ...process.env, ...sandbox.environment });
  } finally {
    await sandbox.close();
  }
}

const program = addSandboxOptions(new Command("genesys-sandbox"))
  .description("Run a command against an embedded Genesys Cloud, or keep one running in the foreground.")
  .version(ownVersion())
  .action(run);

program.parseAsync().catch((error: unknown) => {
  console.error(`Error: ${errorMessage(error)}`);
  process.exitCode = 1;
});
