import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { registerDemo } from "./demo";
import { UserError } from "./user-error";
import { registerList } from "./list";
import { registerSandbox } from "./sandbox";

const program = new Command("origins")
  .description("Where a Genesys Messenger may run, and why: derived from the environments of your Next.js application.")
  .version(ownVersion())
  .showHelpAfterError("(origins --help lists the commands)")
  .exitOverride();

registerList(program);
registerSandbox(program);
registerDemo(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
  if (error instanceof CommanderError) return;
  console.error(error instanceof UserError ? `${pc.red("Error:")} ${error.message}` : error);
});

/** The same relative path leads to package.json from the sources and from the compiled files. */
function ownVersion(): string {
  const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
