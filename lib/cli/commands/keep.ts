import { type Command } from "commander";
import { UserError } from "../../base/errors";
import { declaredEnvironments, environmentsFile } from "../../programs/environments-file";
import { keepHosts } from "../keep/keep-hosts";
import { keptText } from "../keep/resolve-drift";
import { printReport } from "../terminal/output";
import { checkNames } from "./flags";

interface KeepFlags {
  readonly because: string;
  readonly environments?: string;
}

export function register(command: Command): void {
  command
    .argument("<environment>", "the environment")
    .argument("<hosts...>", "hosts that were added by hand and are to stay")
    .requiredOption("--because <reason>", "why they stay: a comment above them")
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .addHelpText(
      "after",
      "\nAdds the hosts to the addresses of the environment, in the file that declares it, with the reason. A rule that they break is" +
        "\nacknowledged with the same reason, where an environment may break it. Commit the file: the next plan is then empty." +
        "\n\nExit code: 0 written or there already, 1 a rule refuses a host, or the file must be edited by hand.",
    )
    .action(async (name: string, hosts: readonly string[], { because, environments: named }: KeepFlags) => {
      const environments = await declaredEnvironments(named);
      checkNames(
        [name],
        environments.map((each) => each.name),
        "environment",
      );
      const environment = environments.find((each) => each.name === name);
      if (because.trim() === "") throw new UserError('Invalid --because: expected a reason, such as "incident 4711".');
      const file = environmentsFile(named);
      if (environment !== undefined) printReport(keptText(keepHosts(environment, hosts, because, file), name));
    });
}
