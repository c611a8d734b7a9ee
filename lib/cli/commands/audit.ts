import { type Command, Option } from "commander";
import { UserError } from "../../base/errors";
import { type Examination, examine, isKnown } from "../../operations/examine";
import { missingCredentials, Project } from "../../operations/project";
import { strayDeployments, undeclaredStates } from "../../operations/retired";
import { auditJson, renderExamination } from "../report/audit-report";
import { renderUndeclared, undeclaredJson } from "../report/undeclared-report";
import { interruptible } from "../terminal/interruption";
import { printReport, printResult } from "../terminal/output";
import { resolveDrift } from "../keep/resolve-drift";
import { checkTerminal } from "../terminal/confirm";
import { step } from "../terminal/step";
import { terminalWidth } from "../terminal/table";
import { chooseStacks, withStackOptions, type StackFlags } from "./flags";
import { wasEdited } from "./repair";
import { rollOutAndReport, usualTimeouts } from "./rollout";
import { tellUnknownSources, terminalOptions } from "./terminal-options";

interface AuditFlags extends StackFlags {
  readonly interactive?: boolean;
  readonly json?: boolean;
  readonly public?: boolean;
}

export function register(command: Command): void {
  withStackOptions(command)
    .option("--json", "print JSON instead of tables")
    .option("--public", "check only the public files: needs no credentials, detects less")
    .addOption(
      new Option(
        "--interactive",
        "ask for each stack with drift: keep the changes, undo them, or decide later",
      ).conflicts(["json", "public"]),
    )
    // Pipelines still pass it.
    .addOption(new Option("--environments <file>", "no effect: the stacks record the source of each domain").hideHelp())
    .addHelpText("after", "\nExit code: 0 equal, 2 drift, 1 something could not be read.")
    .action(async (names: readonly string[], flags: AuditFlags) => {
      process.exitCode = await interruptible((interruption) => audit(names, flags, interruption));
    });
}

async function audit(names: readonly string[], flags: AuditFlags, interruption: AbortSignal): Promise<number> {
  const { interactive = false, json = false, public: publicOnly = false } = flags;
  if (interactive) checkTerminal(process.stdin, "In a pipeline, use origins keep or origins repair.");
  const terminal = terminalOptions(flags);
  const { print } = terminal;
  const project = await Project.open({ ...flags, ...terminal, interruption, onlyDrift: interactive });
  const stacks = chooseStacks(project.stacks, names, flags.shard).filter(({ messengers }) => messengers.length > 0);
  if (stacks.length === 0 && flags.shard === undefined)
    throw new UserError("Nothing to audit: none of these stacks declares a Messenger.");
  const missing = publicOnly ? undefined : missingCredentials(stacks, process.env);
  // An audit that sees only the public files must not be taken for one that sees everything: it is asked for by name.
  if (missing !== undefined) {
    throw new UserError(
      `Cannot audit without credentials.\n\n${missing}\nUse --public to check only the public files.`,
    );
  }
  tellUnknownSources(stacks, flags.skipSynth);
  const isWhole = names.length === 0 && flags.shard === undefined && !publicOnly;
  const [found, { undeclared, strays }] = await step(
    `audit of ${stacks.length} stack${stacks.length === 1 ? "" : "s"}`,
    ({ progress }) =>
      Promise.all([
        examine(project, stacks, { publicOnly, progress }),
        isWhole ? notDeclared(project) : { undeclared: [], strays: [] },
      ]),
    print,
    ([all]) => all.every(isKnown),
  );
  if (json) printResult([...found.flatMap(auditJson), ...undeclaredJson(undeclared, strays)]);
  else {
    const reports = found.map((each) => renderExamination(each, { width: terminalWidth() }));
    printReport(`\n${[...reports, ...renderUndeclared(undeclared, strays)].join("\n")}`);
  }
  const examined = auditExitCode(found);
  const code = examined === 0 && undeclared.length > 0 ? 2 : examined;
  if (!interactive || code === 0) return code;
  const drifted = found.filter(isKnown).filter(wasEdited);
  const decisions = await resolveDrift(drifted, interruption);
  if (decisions === undefined) return code;
  const { undone, allKept } = decisions;
  const repaired = undone.length === 0 ? 0 : await rollOutAndReport(project, undone, { ...flags, ...usualTimeouts });
  return repaired === 0 && (code === 1 || !allKept) ? code : repaired;
}

/** What is left of what the program no longer declares: in states, and in Genesys Cloud alone. */
async function notDeclared(project: Project) {
  const undeclared = await undeclaredStates(project);
  return { undeclared, strays: await strayDeployments(project, undeclared) };
}

/** 0 equal, 2 drift; 1 where it is not known, which must not be taken for equality. */
export function auditExitCode(found: readonly Examination[]): 0 | 1 | 2 {
  const verdicts = found.flatMap((each) =>
    "problem" in each ? ["unknown"] : each.messengers.map(({ audit: { verdict } }) => verdict),
  );
  if (verdicts.includes("unknown")) return 1;
  return verdicts.includes("drift") ? 2 : 0;
}
