import { type Command, Option } from "commander";
import { type InitFlags } from "../init/init-project";
import { interruptible } from "../terminal/interruption";

export function register(command: Command): void {
  command
    .option("--folder <folder>", "the folder of the new project (default: infra/messenger)")
    .option("--region <aws-region>", "the region of the organisation (default: GENESYSCLOUD_REGION)")
    .addOption(
      new Option(
        "--core <core>",
        "the core of the stacks (default: cdktn, or cdktf where the repository uses it)",
      ).choices(["cdktn", "cdktf"]),
    )
    .option("--yes", "ask nothing: use the defaults, and every environment that is found")
    .addHelpText(
      "after",
      "\nRun it in the folder of the repository: one application, or the workspaces of npm, pnpm, yarn or bun. It reads the files that hold\n" +
        "page addresses, writes a project that declares them, and never overwrites a file.\n\n" +
        "Exit code: 0 written or there already, 1 no application was found, or the questions were not answered.",
    )
    .action(async (flags: InitFlags) => {
      const { initProject } = await import("../init/init-project.ts");
      process.exitCode = await interruptible((interruption) => initProject(flags, interruption));
    });
}
