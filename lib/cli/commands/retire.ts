import { type Command, Option } from "commander";
import { errorMessage, UserError } from "../../base/errors";
import { printable } from "../../base/printable";
import {
  configurationsOf,
  deploymentsOf,
  type FoundRetired,
  platformApiOf,
  refuseManaged,
  removeRetired,
  type Retirement,
  withRetired,
} from "../../operations/retired";
import { Project } from "../../operations/project";
import { askOnTerminal, checkTerminal, confirmOnTerminal } from "../terminal/confirm";
import { interruptible } from "../terminal/interruption";
import { printAside, printReport } from "../terminal/output";
import { checkDuration } from "./flags";
import { terminalOptions } from "./terminal-options";

interface RetireFlags {
  readonly empty?: boolean;
  readonly release?: boolean;
  readonly destroy?: boolean;
  readonly autoApprove?: boolean;
  readonly skipSynth?: boolean;
  readonly lockTimeout: string;
}

export function register(command: Command): void {
  command
    .argument("<stack>", "a stack that the program no longer declares")
    .addOption(
      new Option("--empty", "empty its allowed domains: no page shows the Messenger, and it can be undone").conflicts([
        "release",
        "destroy",
      ]),
    )
    .addOption(
      new Option(
        "--release",
        "remove it from Terraform's state: pages keep the Messenger, and no one manages it",
      ).conflicts("destroy"),
    )
    .option("--destroy", "delete the deployment and its configuration permanently")
    .option("--auto-approve", "skip confirmation (for pipelines)")
    .option("--skip-synth", "use the output of the last synthesis")
    .option("--lock-timeout <duration>", "how long to wait for another run of the same stack", checkDuration, "30s")
    .addHelpText(
      "after",
      "\nThe state is looked for where the stacks that are declared have theirs. A copy of it is kept in .origins/backups." +
        "\n\nExit code: 0 done, 1 nothing was changed, or something failed.",
    )
    .action(async (name: string, flags: RetireFlags) => {
      process.exitCode = await interruptible((interruption) => retire(name, flags, interruption));
    });
}

async function retire(name: string, flags: RetireFlags, interruption: AbortSignal): Promise<number> {
  const named = (["empty", "release", "destroy"] as const).find((each) => flags[each] === true);
  if (named === undefined || flags.autoApprove !== true) {
    checkTerminal(process.stdin, "In a pipeline, use --empty, --release or --destroy with --auto-approve.");
  }
  const project = await Project.open({ ...flags, ...terminalOptions({}), parallelism: 1, interruption });
  return withRetired(project, name, (found) => decide(project, found, { ...flags, named }));
}

interface DecideFlags extends RetireFlags {
  readonly named: Retirement | undefined;
}

async function decide(project: Project, found: FoundRetired, { named, ...flags }: DecideFlags): Promise<number> {
  const { interruption } = project.options;
  printReport(`\n${await description(project, found)}`);
  const retirement = named ?? (await askWhat(interruption));
  if (retirement === undefined) return declined();
  await refuseManaged(project, found, retirement);
  if (flags.autoApprove !== true && !(await confirmOnTerminal(interruption)(questions[retirement]))) return declined();
  if (retirement === "empty") {
    const api = platformApiOf(project, found.stack);
    for (const { id } of deploymentsOf(found)) await api.emptyAllowList(id);
  } else await removeRetired(project, found, retirement);
  printReport(`\n${done(found)[retirement]}`);
  return 0;
}

function declined(): number {
  printAside("Nothing was changed.");
  return 1;
}

/** What the stack has, with what is live of it. */
async function description(project: Project, found: FoundRetired): Promise<string> {
  const api = platformApiOf(project, found.stack);
  const deployments = await Promise.all(
    deploymentsOf(found).map(async ({ id, name }) => {
      const live = await api.deployment(id).then(
        ({ allowAllDomains, allowedDomains }) =>
          allowAllDomains ? "every page" : allowedDomains.join(", ") || "no page: its list is empty",
        (error: unknown) => `unknown (${errorMessage(error)})`,
      );
      return `  deployment "${name}" (${id})\n    admits ${live}`;
    }),
  );
  const others = configurationsOf(found).map(({ id, name }) => `  configuration "${name}" (${id})`);
  const rest = found.resources.length - deployments.length - others.length;
  const more = rest === 0 ? [] : [`  ${rest} other resource${rest === 1 ? "" : "s"}`];
  const lines = [...deployments, ...others, ...more].join("\n").split("\n").map(printable);
  return [`The program does not declare "${found.name}". Its state has:`, ...lines].join("\n");
}

async function askWhat(interruption: AbortSignal): Promise<Retirement | undefined> {
  const letters: Readonly<Record<string, Retirement | "cancel">> = {
    e: "empty",
    r: "release",
    d: "destroy",
    c: "cancel",
  };
  const answer = await askOnTerminal(
    {
      question: "(e)mpty its allowed domains, (r)elease it from Terraform's state, (d)estroy it, or (c)ancel",
      usual: "c",
      problemOf: (text) =>
        Object.hasOwn(letters, text.slice(0, 1)) ? undefined : `Unknown answer "${text}": expected e, r, d or c.`,
    },
    interruption,
  );
  const meant = answer === undefined ? "cancel" : letters[answer.slice(0, 1)];
  if (meant === undefined) throw new UserError("Unknown answer.");
  return meant === "cancel" ? undefined : meant;
}

const questions: Readonly<Record<Retirement, string>> = {
  empty: "\nEmpty the list? No page shows the Messenger then.",
  release: "\nRelease it? It stays in Genesys Cloud as it is, and no one manages it.",
  destroy: "\nDelete it permanently? Pages with its id can never show the Messenger again.",
};

function done(found: FoundRetired): Readonly<Record<Retirement, string>> {
  const ids = deploymentsOf(found)
    .map(({ id }) => id)
    .join(", ");
  return {
    empty: `Emptied the allowed domains of ${ids}. To delete it later: origins retire ${found.name} --destroy`,
    release: `Released ${ids}: Terraform's state no longer has it.`,
    destroy: `Deleted ${ids}.`,
  };
}
