import { type Command } from "commander";
import { type NextEnvironment } from "../../sources";
import { findTerraform, howToGetTerraform, oldestTerraform, synthesise } from "../../terraform";
import { colors } from "../colors";
import { anyRefused, renderReport, reportOn } from "../environment-report";
import { loadEnvironments } from "../environments-file";
import { interruptible } from "../interruption";
import { defaultStateFile, openSandbox, sandboxed } from "../sandbox";
import { terminalOptions } from "../terminal-options";
import { step } from "../step";
import { UserError } from "../../base/errors";
import { heading, story } from "./story";
import { printReport } from "../output";
import { terminalWidth } from "../table";

export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description("Deploy your environments to an embedded Genesys Cloud, break one by hand, and see it repaired.")
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .action(async ({ environments }: { readonly environments?: string }) => {
      const declared = await loadEnvironments(environments);
      process.exitCode = await interruptible((interruption) => demo(declared, interruption));
    });
}

async function demo(environments: readonly NextEnvironment[], interruption: AbortSignal): Promise<number> {
  heading("The allow-lists that follow from the application's own files");
  const reports = reportOn(environments);
  printReport(reports.map((report) => renderReport(report, { width: terminalWidth() })).join("\n\n"));
  if (anyRefused(reports)) throw new UserError("A rule refuses an address above, so nothing was deployed.");

  const terraform = findTerraform(process.env);
  if (!("version" in terraform)) {
    heading("The same as Terraform configuration, one stack per environment");
    await step("synthesis", () => synthesise({ folder: ".", environment: process.env, interruption }));
    throw new UserError(
      `Deploying, drift and repair could not be shown: they need Terraform or OpenTofu ${oldestTerraform} or newer ` +
        `(${terraform.reason}).\n\n${howToGetTerraform.join("\n")}`,
    );
  }
  const sandbox = await openSandbox({ stateFile: defaultStateFile });
  try {
    const flags = { lockTimeout: "30s", parallelism: 4 };
    const options = { ...flags, ...terminalOptions({}), environment: sandboxed(sandbox), interruption };
    await story(environments, options, sandbox);
    const remark = `The sandbox keeps its organisation in ${defaultStateFile}; "origins sandbox" runs any command against it.`;
    printReport(colors.dim(remark));
    return 0;
  } finally {
    await sandbox.close();
  }
}
