import { type Command, Option } from "commander";
import { environmentKinds } from "../../origins/rule";
import { type AdoptFlags } from "../adopt/adopt-deployment";
import { interruptible } from "../terminal/interruption";

export function register(command: Command): void {
  command
    .argument("<deployment>", "its id or its exact name")
    .option("--environment <name>", "the environment that it is for (default: after the deployment's name)")
    .addOption(
      new Option(
        "--kind <kind>",
        "the kind of an environment that is not declared yet (default: after its name)",
      ).choices(environmentKinds),
    )
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .option("--region <aws-region>", "the region of the organisation (default: GENESYSCLOUD_REGION)")
    .option("--newest", "reproduce the newest version of the configuration instead of the one that pages show")
    .option("--write", "write the program into the files of the project, after a question")
    .option("--auto-approve", "ask nobody (for pipelines)")
    .option("--json", "print JSON instead of a program")
    .addHelpText(
      "after",
      "\nThe program goes to the standard output, everything else to the standard error. Genesys Cloud is only read." +
        "\n\nExit code: 0; 1 where nothing could be read, or the program could not be deployed as it is.",
    )
    .action(async (deployment: string, flags: AdoptFlags) => {
      // The properties, against which a program is checked, take half a second to load: the help does not wait for them.
      const { adoptDeployment } = await import("../adopt/adopt-deployment.ts");
      process.exitCode = await interruptible((interruption) => adoptDeployment(deployment, flags, interruption));
    });
}
