import { type Command } from "commander";
import { examine, isKnown } from "../../operations/examine";
import { Project } from "../../operations/project";
import { type Print } from "../../operations/progress";
import { declaredEnvironments, loadEnvironments } from "../../programs/environments-file";
import { type PageAnswer, answers, type Page, readPage, verdictOf } from "../explain/answer";
import { explainJson } from "../explain/json";
import { deployedEnvironments, isDeploymentOf, liveAnswers } from "../explain/live";
import { renderAnswers } from "../explain/report";
import { interruptible } from "../terminal/interruption";
import { printAside, printReport, printResult } from "../terminal/output";
import { step } from "../terminal/step";
import { checkNames, defaultParallelism } from "./flags";
import { tellUnknownSources, terminalOptions } from "./terminal-options";

interface ExplainFlags {
  readonly environment?: readonly string[];
  readonly environments?: string;
  readonly json?: boolean;
  readonly live?: boolean;
  readonly skipSynth?: boolean;
}

export function register(command: Command): void {
  command
    .argument("<page>", "the address of a page: a URL or a host")
    .option("--environment <name>", "an environment to check (repeatable; default: all)", collected)
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .option("--live", "also compare with what Genesys serves (needs no credentials)")
    .option("--skip-synth", "with --live: use the output of the last synthesis")
    .option("--json", "print JSON instead of text")
    .addHelpText(
      "after",
      "\nIt reads only the declarations and needs no network. With --live, the declarations are those of the synthesised stacks," +
        "\nand a page is admitted only if they and Genesys both admit it." +
        "\n\nExit code: 0 admitted (in every named environment, or in at least one if none is named), 2 not admitted, or not" +
        "\nknown before apply, 1 error: the page address is invalid, or what Genesys serves could not be read.",
    )
    .action(async (address: string, flags: ExplainFlags) => {
      process.exitCode = await interruptible((interruption) => explain(address, flags, interruption));
    });
}

async function explain(address: string, flags: ExplainFlags, interruption: AbortSignal): Promise<number> {
  const page = readPage(address);
  const { live = false, json = false, environment: named = [] } = flags;
  const print = json ? printAside : printReport;
  const file = flags.environments;
  // A mistake in the file is told before anything is synthesised.
  const there = live ? await declaredEnvironments(file) : await loadEnvironments(file);
  const project = live ? await openProject(flags, interruption, print) : undefined;
  const deployed = project === undefined ? there : deployedEnvironments(there, project.stacks);
  const all = deployed.length > 0 ? deployed : await loadEnvironments(file);
  checkNames(
    named,
    all.map(({ name }) => name),
    "environment",
  );
  const chosen = all.filter(({ name }) => named.length === 0 || named.includes(name));
  const declared = answers(page, chosen, all);
  if (project !== undefined) tellUnknownSources(project.stacks, flags.skipSynth);
  const found = project === undefined ? declared : await withLive(page, declared, project);
  const isNamed = named.length > 0;
  if (json) printResult(explainJson(page, found));
  else printReport(`${live ? "\n" : ""}${renderAnswers(page, found, { named: isNamed })}`);
  return explainExitCode(found, isNamed);
}

function openProject(flags: ExplainFlags, interruption: AbortSignal, print: Print): Promise<Project> {
  const { skipSynth = false } = flags;
  return Project.open({
    ...terminalOptions({}),
    interruption,
    lockTimeout: "30s",
    parallelism: defaultParallelism(),
    print,
    skipSynth,
  });
}

/** 0 admitted, 2 not; 1 where Genesys gave no answer, which must not be taken for either. */
export function explainExitCode(found: readonly PageAnswer[], isNamed: boolean): 0 | 1 | 2 {
  if (found.some(({ live = [] }) => live.some(({ served }) => served === "unknown"))) return 1;
  const admits = (answer: PageAnswer): boolean => verdictOf(answer) === "admitted";
  return (isNamed ? found.every(admits) : found.some(admits)) ? 0 : 2;
}

/** The answers with what every visitor's browser is told, beside what the synthesised stacks declare. */
async function withLive(
  { host }: Page,
  declared: readonly PageAnswer[],
  project: Project,
): Promise<readonly PageAnswer[]> {
  const stacks = project.stacks.filter((stack) =>
    stack.messengers.some((messenger) =>
      declared.some(({ environment }) => isDeploymentOf(environment, messenger, stack)),
    ),
  );
  const examined = await step(
    "reading what Genesys serves",
    ({ progress }) => examine(project, stacks, { publicOnly: true, progress }),
    project.options.print,
    (all) => all.every(isKnown),
  );
  return declared.map((answer) => ({ ...answer, live: liveAnswers(host, answer.environment, examined) }));
}

function collected(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
