import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { registerAdopt } from "./commands/adopt";
import { registerAudit } from "./commands/audit";
import { registerDemo } from "./commands/demo";
import { registerDeploy } from "./commands/deploy";
import { registerExplain } from "./commands/explain";
import { registerList } from "./commands/list";
import { registerPlan } from "./commands/plan";
import { registerPull } from "./commands/pull";
import { registerRepair } from "./commands/repair";
import { registerSandbox } from "./commands/sandbox";
import { outgoing } from "./terminal/output";
/** The command `origins` with all its commands. Nothing runs before it is told to parse a command line. */
export function createProgram(): Command {
  const program = new Command("origins")
    .description(
      "Where a Genesys Messenger may run, and why: derived from the environments of your Next.js application.",
    )
    .version(ownVersion())
    .option("--no-color", "print no colours, as with NO_COLOR=1 (FORCE_COLOR=1 prints them into a pipe as well)")
    .showHelpAfterError("(origins --help lists the commands)")
    .configureOutput({
      writeOut: (text) => process.stdout.write(outgoing(text)),
      writeErr: (text) => process.stderr.write(outgoing(text)),
    })
    .exitOverride();
  registerList(program);
  registerExplain(program);
  registerPlan(program);
  registerPull(program);
  registerDeploy(program);
  registerAudit(program);
  registerRepair(program);
  registerAdopt(program);
  registerSandbox(program);
  registerDemo(program);
  return program;
}

/** The same relative path leads to package.json from the sources and from the compiled files. */
function ownVersion(): string {
  const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
