import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command, Option } from "commander";
import { type Confirm } from "../lib/operations/callbacks";
import { confirmOnTerminal } from "../lib/cli/terminal/confirm";
import { describeError, interruptible, messageOf } from "../lib/cli/terminal/interruption";
import { beginOutput, guardStreams, printAside, printReport } from "../lib/cli/terminal/output";
import { checkDuration } from "../lib/cli/commands/flags";
import { UserError } from "../lib/base/errors";
import { parseDuration } from "../lib/base/duration";
import { connect, described, liveCheck } from "./check";
import { cleanUp } from "./clean-up";
import { type Group, groups } from "./findings";

interface Flags {
  readonly cleanUp?: boolean;
  readonly flow?: string;
  readonly only?: readonly Group[];
  readonly record?: string;
  readonly wait: string;
  readonly yes?: boolean;
}

const program = new Command("npm run live-check --")
  .description("Check this project's expectations of Genesys Cloud on a real organization, with temporary objects.")
  .option("--clean-up", "only remove what a killed run left behind")
  .option("--flow <id>", "an inbound message flow that a deployment may use temporarily")
  .addOption(new Option("--only <part...>", "only these parts").choices(groups))
  .option("--record <file>", "the file for the record (default: live-check-<date>.md in the current folder)")
  .option("--wait <duration>", "the maximum time of a single wait for the platform", checkDuration, "10m")
  .option("--yes", "do not ask")
  .addHelpText(
    "after",
    "\nExit code: 0 as expected, 2 something differs, 1 something could not be checked or removed." +
      "\nThe organisation, its region and the credentials come from the environment, as for the Terraform provider.",
  )
  .action(async (flags: Flags) => {
    process.exitCode = await interruptible((interruption) => run(flags, interruption));
  });

async function run(flags: Flags, interruption: AbortSignal): Promise<number> {
  const record = recordFile(flags.record);
  const confirm = confirmation(flags, interruption);
  const target = await connect(process.env);
  if (flags.cleanUp === true) {
    printReport(described(target));
    return cleanUp(target.organisation, confirm);
  }
  const only = flags.only ?? groups;
  const needsDeployment = only.includes("drift") || only.includes("deletion");
  const options = {
    only: needsDeployment ? [...only, "deploy" as const] : only,
    flow: flags.flow,
    patience: parseDuration(flags.wait) ?? 0,
    record,
    confirm,
  };
  return liveCheck(target, options, interruption);
}

/** What cannot be written must not come to light when everything is done. npm runs scripts in the package's folder. */
function recordFile(named: string | undefined): string {
  const folder = process.env["INIT_CWD"] ?? process.cwd();
  const date = new Date().toISOString().replace(/:/g, "-").replace(/\..*/, "");
  const file = resolve(folder, named ?? `live-check-${date}.md`);
  if (!existsSync(dirname(file))) throw new UserError(`The folder of the record "${file}" does not exist.`);
  const isNew = !existsSync(file);
  try {
    closeSync(openSync(file, "a"));
    if (isNew) rmSync(file);
  } catch (error) {
    throw new UserError(`Cannot write the record to "${file}" (${messageOf(error)}). Name another file with --record.`);
  }
  return file;
}

function confirmation({ yes }: Flags, interruption: AbortSignal): Confirm {
  if (yes === true) return () => Promise.resolve(true);
  if (!process.stdin.isTTY)
    throw new UserError("Cannot ask for confirmation without a terminal: nothing was changed. Use --yes.");
  return confirmOnTerminal(interruption);
}

beginOutput(process.env, { json: false });
guardStreams();
program.parseAsync().catch((error: unknown) => {
  printAside(describeError(error));
  process.exitCode = 1;
});
