import { type Command } from "commander";
import { examine, isKnown } from "../../operations/examine";
import { missingCredentials, Project } from "../../operations/project";
import { checkTerminal } from "../terminal/confirm";
import { interruptible } from "../terminal/interruption";
import { step } from "../terminal/step";
import { chooseStacks } from "./flags";
import { rollOutAndReport, withRolloutOptions, type RolloutFlags } from "./rollout";
import { terminalOptions } from "./terminal-options";

interface DeployFlags extends RolloutFlags {
  readonly recreate?: boolean;
  readonly new?: boolean;
  readonly allowDestroy?: boolean;
}

export function register(command: Command): void {
  withRolloutOptions(command)
    .option("--recreate", "recreate deployments that were deleted by hand, under new ids that every page must use")
    .option("--new", "create a deployment even if a similar one exists that no state manages")
    .option("--allow-destroy", "with --auto-approve, also apply plans that destroy resources (never deployments)")
    .addHelpText(
      "after",
      "\nGenesys Cloud is not changed without confirmation (or --auto-approve). Plans that delete or replace a deployment are" +
        "\nnever applied." +
        "\nThe state and cdktf.out are shared with cdktn deploy and cdktf deploy: you can alternate between them." +
        "\n\nExit code: 0 deployed as declared, 1 something failed, 2 deployed, but drift remains.",
    )
    .action(async (names: readonly string[], flags: DeployFlags) => {
      process.exitCode = await interruptible((interruption) => deploy(names, flags, interruption));
    });
}

async function deploy(names: readonly string[], flags: DeployFlags, interruption: AbortSignal): Promise<number> {
  if (flags.autoApprove !== true) checkTerminal();
  const terminal = terminalOptions(flags);
  const { print } = terminal;
  const project = await Project.open({ ...flags, ...terminal, interruption });
  const stacks = chooseStacks(project.stacks, names, flags.shard);
  const missing = missingCredentials(stacks, process.env);
  // Terraform may have its own credentials, and without an audit it does what it always did.
  if (missing !== undefined)
    print(`  ! Drift that plans do not show is only looked for in the public files. ${missing}`);
  const found = await step(
    "audit",
    ({ progress }) => examine(project, stacks, { progress }),
    print,
    (all) => all.every(isKnown),
  );
  return rollOutAndReport(project, found, flags);
}
