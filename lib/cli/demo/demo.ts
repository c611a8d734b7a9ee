import { type Command } from "commander";
import { colors as pc } from "../colors";
import { type NextEnvironment } from "../../sources";
import { findTerraform, howToGetTerraform, oldestTerraform } from "../../terraform";
import { anyRefused, renderReport, reportOn } from "../environment-report";
import { loadEnvironments } from "../environments-file";
import { defaultStateFile, openSandbox, sandboxed } from "../sandbox";
import { UserError } from "../user-error";
import { projectHere } from "./project";
import { step } from "../step";
import { heading, story } from "./story";

export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description("Deploy your environments to an embedded Genesys Cloud, break one by hand, and see it repaired.")
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .action(async ({ environments }: { readonly environments?: string }) => {
      await demo(loadEnvironments(environments));
    });
}

async function demo(environments: readonly NextEnvironment[]): Promise<void> {
  heading("The allow-lists that follow from the application's own files");
  const reports = reportOn(environments);
  console.log(reports.map(renderReport).join("\n\n"));
  if (anyRefused(reports)) throw new UserError("A rule refuses an address above, so nothing was deployed.");

  const terraform = findTerraform(process.env);
  if (!("version" in terraform)) {
    heading("The same as Terraform configuration, one stack per environment");
    await step("cdktf synth", () => projectHere(undefined, process.env).synthesise());
    throw new UserError(
      `Deploying, drift and repair could not be shown: they need Terraform or OpenTofu ${oldestTerraform} or newer ` +
        `(${terraform.reason}).\n\n${howToGetTerraform.join("\n")}`,
    );
  }
  const sandbox = await openSandbox({ stateFile: defaultStateFile });
  try {
    const project = projectHere(terraform.command, sandboxed(sandbox));
    await story(environments, project, sandbox, terraform);
    console.log(
      pc.dim(
        `The sandbox keeps its organisation in ${defaultStateFile}; "origins sandbox" runs any command against it.`,
      ),
    );
  } finally {
    await sandbox.close();
  }
}
