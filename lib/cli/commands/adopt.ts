import { type Command, Option } from "commander";
import { environmentKinds } from "../../origins/rule";
import { type AdoptFlags } from "../adopt/adopt-deployment";
import { interruptible } from "../terminal/interruption";

export function register(command: Command): void {
  command
    .argument("<deployment>", "its id or its exact name")
    .option("--environment <name>", "the environment to adopt it for (default: derived from the deployment's name)")
    .addOption(
      new Option(
        "--kind <kind>",
        "the kind of an environment that is not declared yet (default: derived from its name)",
      ).choices(environmentKinds),
    )
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .option("--region <aws-region>", "the region of the organisation (default: GENESYSCLOUD_REGION)")
    .option("--newest", "reproduce the newest version of the configuration instead of the one that pages show")
    .option("--write", "write the code into the project's files, after confirmation")
    .option("--auto-approve", "skip confirmation (for pipelines)")
    .option("--json", "print JSON instead of a program")
    .addHelpText(
      "after",
      "\nThe program is printed to standard output, everything else to standard error. Genesys Cloud is only read." +
        "\n\nExit code: 0 success, 1 nothing could be read, or the program cannot be deployed as printed.",
    )
    .action(async (deployment: string, flags: AdoptFlags) => {
      // The properties, against which a program is checked, take half a second to load: the help does not wait for them.
      const { adoptDeployment } = await import("../adopt/adopt-deployment.ts");
      process.exitCode = await interruptible((interruption) => adoptDeployment(deployment, flags, interruption));
    });
}
