import { type Command } from "commander";
import { examine, isKnown } from "../../operations/examine";
import { Project } from "../../operations/project";
import { type Print } from "../../operations/step";
import { loadEnvironments } from "../../programs/environments-file";
import { type NextEnvironment } from "../../sources/next-environment";
import { type Answer, answers, type Page, readPage, verdictOf } from "../explain/answer";
import { explainJson } from "../explain/json";
import { liveAnswers } from "../explain/live";
import { renderAnswers } from "../explain/report";
import { interruptible } from "../terminal/interruption";
import { printAside, printReport, printResult } from "../terminal/output";
import { step } from "../terminal/step";
import { checkNames, defaultParallelism } from "./flags";
import { terminalOptions } from "./terminal-options";

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
      "\nIt reads only the declarations and needs no network. With --live, a page is admitted only if the declarations and" +
        "\nGenesys both admit it." +
        "\n\nExit code: 0 admitted (in every named environment, or in at least one if none is named), 2 not admitted, or not" +
        "\nknown before apply, 1 error: the page address is invalid, or what Genesys serves could not be read.",
    )
    .action(async (address: string, flags: ExplainFlags) => {
      process.exitCode = await interruptible((interruption) => explain(address, flags, interruption));
    });
}

async function explain(address: string, flags: ExplainFlags, interruption: AbortSignal): Promise<number> {
  const page = readPage(address);
  const all = await loadEnvironments(flags.environments);
  const named = flags.environment ?? [];
  checkNames(
    named,
    all.map(({ name }) => name),
    "environment",
  );
  const chosen = all.filter(({ name }) => named.length === 0 || named.includes(name));
  const declared = answers(page, chosen, all);
  const print = flags.json === true ? printAside : printReport;
  const found = flags.live === true ? await withLive(page, declared, { flags, interruption, print }) : declared;
  const isNamed = named.length > 0;
  if (flags.json === true) printResult(explainJson(page, found));
  else printReport(`${flags.live === true ? "\n" : ""}${renderAnswers(page, found, { named: isNamed })}`);
  return explainExitCode(found, isNamed);
}

/** 0 admitted, 2 not; 1 where Genesys gave no answer, which must not be taken for either. */
export function explainExitCode(found: readonly Answer[], isNamed: boolean): 0 | 1 | 2 {
  if (found.some(({ live = [] }) => live.some(({ served }) => served === "unknown"))) return 1;
  const admits = (answer: Answer): boolean => verdictOf(answer) === "admitted";
  return (isNamed ? found.every(admits) : found.some(admits)) ? 0 : 2;
}

interface Looking {
  readonly flags: ExplainFlags;
  readonly interruption: AbortSignal;
  readonly print: Print;
}

/** The answers with what every visitor's browser is told, beside what the synthesised stacks declare. */
async function withLive(
  { host }: Page,
  declared: readonly Answer[],
  { flags: { skipSynth = false }, interruption, print }: Looking,
): Promise<readonly Answer[]> {
  const environments: readonly NextEnvironment[] = declared.map(({ environment }) => environment);
  const project = await Project.open({
    ...terminalOptions({}),
    interruption,
    lockTimeout: "30s",
    parallelism: defaultParallelism(),
    print,
    skipSynth,
  });
  const stacks = project.stacks.filter(
    (stack) =>
      stack.messengers.length > 0 && environments.some(({ name }) => name === (stack.environment ?? stack.name)),
  );
  const examined = await step(
    "reading what Genesys serves",
    ({ progress }) => examine(project, stacks, { publicOnly: true, environments, progress }),
    print,
    (all) => all.every(isKnown),
  );
  return declared.map((answer) => ({ ...answer, live: liveAnswers(host, answer.environment, examined) }));
}

function collected(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}
