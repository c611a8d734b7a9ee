import { type Command } from "commander";
import { type DriftKind } from "../../audit/drift";
import { UserError } from "../../base/errors";
import { type Examination, examine, isKnown } from "../../operations/examine";
import { missingCredentials, Project } from "../../operations/project";
import { renderExamination } from "../report/audit-report";
import { unreadJson } from "../report/deploy-summary";
import { interruptible } from "../terminal/interruption";
import { printResult } from "../terminal/output";
import { step } from "../terminal/step";
import { terminalWidth } from "../terminal/table";
import { chooseStacks } from "./flags";
import { rollOutAndReport, withRolloutOptions, type RolloutFlags } from "./rollout";
import { terminalOptions } from "./terminal-options";

export function register(command: Command): void {
  withRolloutOptions(command)
    .addHelpText(
      "after",
      "\nThe steps: audit; correct Terraform's state to match what is live, after confirmation (a backup is kept, and its path" +
        "\nprinted), without changing Genesys Cloud; show the plan and apply it, after another confirmation; audit again. If you" +
        "\ndecline the plan, the corrected state is kept, and any later plan shows the drift. --auto-approve skips both" +
        "\nconfirmations. Plans that do more than undo manual changes are not applied: use origins deploy." +
        "\n\nExit code: 0 nothing to repair or repaired, 1 something failed, 2 drift remains.",
    )
    .action(async (names: readonly string[], flags: RolloutFlags) => {
      process.exitCode = await interruptible((interruption) => repair(names, flags, interruption));
    });
}

async function repair(names: readonly string[], flags: RolloutFlags, interruption: AbortSignal): Promise<number> {
  const terminal = terminalOptions(flags);
  const { print } = terminal;
  const project = await Project.open({ ...flags, ...terminal, interruption, onlyDrift: true });
  const stacks = chooseStacks(project.stacks, names, flags.shard).filter(({ messengers }) => messengers.length > 0);
  const missing = missingCredentials(stacks, process.env);
  if (missing !== undefined) throw new UserError(`Cannot detect manual changes without credentials.\n\n${missing}`);
  const found = await step(
    "audit",
    ({ progress }) => examine(project, stacks, { progress }),
    print,
    (all) => all.every(isKnown),
  );
  const unknown = found.filter((each) => !isKnown(each));
  const edited = found.filter((each) => isRepairable(each) && wasEdited(each));
  for (const each of unknown) print(`\n${renderExamination(each, { width: terminalWidth() })}`);
  if (edited.length > 0) {
    const code = await rollOutAndReport(project, edited, flags, unknown);
    return unknown.length > 0 ? 1 : code;
  }
  if (flags.json === true) printResult(unknown.map(unreadJson));
  else if (unknown.length === 0) print("Nothing to repair.");
  return unknown.length > 0 ? 1 : 0;
}

/** What was not changed by hand, or what a repair cannot correct. */
const untouched: readonly DriftKind[] = [
  "public-files-unread",
  "not-deployed",
  "configuration-missing",
  "undeployed-change",
  "propagation",
  "unclaimed-deployment",
  "not-adoptable",
  "to-be-adopted",
  "second-deployment",
];

/** Whether everything is known that a repair needs: it does without the public files. */
function isRepairable(examination: Examination): boolean {
  return (
    !("problem" in examination) &&
    examination.messengers.every(({ audit }) => audit.drifts.every(({ kind }) => kind !== "unreachable"))
  );
}

/** Whether something of a stack was changed past the program, or cut short. What was never deployed waits for a deploy. */
export function wasEdited(examination: Examination): boolean {
  return (
    !("problem" in examination) &&
    examination.messengers.some(
      ({ audit, remembered }) =>
        remembered !== undefined &&
        (remembered.tainted.length > 0 || audit.drifts.some(({ kind }) => !untouched.includes(kind))),
    )
  );
}
