import { relative } from "node:path";
import { type Command } from "commander";
import { UserError } from "../../base/errors";
import { printable } from "../../base/printable";
import { redact } from "../../base/redact";
import { loadEnvironments } from "../../programs/environments-file";
import { HostingFailure } from "../../pull/hosting-api";
import { type LockChange, type PulledLock, pullLocks } from "../../pull/pull-locks";
import { type NextEnvironment } from "../../sources/next-environment";
import { colors, printAside, printReport, printResult } from "../terminal/output";
import { step } from "../terminal/step";

interface PullFlags {
  readonly environments?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

export function register(command: Command): void {
  command
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .option("--check", "write nothing, and check whether the lock file is up to date")
    .option("--json", "print JSON instead of text")
    .addHelpText(
      "after",
      "\nExit code: 0 pulled or up to date, 1 a platform could not be read, 2 stale (with --check).\n" +
        "Tokens come from VERCEL_TOKEN and NETLIFY_AUTH_TOKEN. Neither is stored or printed.",
    )
    .action(async (flags: PullFlags) => {
      process.exitCode = await pull(flags);
    });
}

async function pull({ environments: file, check = false, json = false }: PullFlags): Promise<0 | 2> {
  const environments = await loadEnvironments(file);
  const pulls = environments.flatMap(({ pulls: wanted }) => wanted);
  // Those of an environment that an older release declared have none.
  const evaluations = environments.flatMap(({ evaluations: wanted = [] }: Partial<NextEnvironment>) => wanted);
  if (pulls.length === 0 && evaluations.length === 0) {
    if (json) printResult([]);
    else
      printReport(
        "Nothing to pull: no environment reads a platform (vercelProject, netlifySite) or a pulled configuration.",
      );
    return 0;
  }
  const print = json ? printAside : printReport;
  const platforms = [
    ...new Set(pulls.map(({ platform }) => names[platform])),
    ...(evaluations.length === 0 ? [] : ["configurations"]),
  ].join(" and ");
  const options = { environment: process.env, check, evaluations };
  const locks = await step(platforms, () => asUserError(pullLocks(pulls, options)), print);
  if (json) printResult(locks.map(toJson));
  else printReport(locks.map((lock) => renderPulled(lock, check)).join("\n\n"));
  return check && locks.some(({ stale }) => stale) ? 2 : 0;
}

const names = { vercel: "Vercel", netlify: "Netlify" } as const;

async function asUserError<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof HostingFailure ? new UserError(error.message, { cause: error }) : error;
  }
}

/** The shape of `origins pull --json`, one element a lock file. */
function toJson({ file, ...lock }: PulledLock): object {
  return { file: shown(file), ...lock };
}

/** What was pulled, for people. */
export function renderPulled({ file, stale, unreadable, changes, projects }: PulledLock, check: boolean): string {
  const lines = projects.flatMap(({ project, leftOut, notes }) => {
    const own = changes.filter((change) => change.project === project);
    return [
      colors.bold(printable(project)),
      ...own.map(row),
      ...leftOut.map(({ host, reason }) => colors.dim(`  left out: ${redact(host)} ${printable(reason)}`)),
      ...notes.map((note) => `  ${printable(note)}`),
    ];
  });
  const gone = changes.filter(({ project }) => !projects.some((each) => each.project === project));
  const old = unreadable === undefined ? [] : [`${shown(file)} could not be compared: ${printable(unreadable)}`];
  return [...lines, ...gone.map((change) => `${row(change)} of ${printable(change.project)}`), ...old, verdict()].join(
    "\n",
  );

  function verdict(): string {
    if (!stale) return `${shown(file)} is what the ${sourcesOf(projects)} say`;
    const count = (kind: LockChange["kind"]): number => changes.filter((change) => change.kind === kind).length;
    const changed = `${count("added")} added, ${count("removed")} removed`;
    return check
      ? `${colors.yellow(`${shown(file)} is stale`)} (${changed}): run \`npx origins pull\`, and commit the file`
      : `${shown(file)} written (${changed}): commit it`;
  }
}

/** What a lock is compared with. */
function sourcesOf(projects: PulledLock["projects"]): string {
  const evaluated = projects.filter(({ project }) => /^next\w+ /.test(project)).length;
  if (evaluated === 0) return "platforms";
  return evaluated === projects.length ? "configurations" : "platforms and configurations";
}

function row({ kind, host, section }: LockChange): string {
  const change = `${printable(host)} (${printable(section)})`;
  return kind === "added" ? colors.green(`  + ${change}`) : colors.red(`  - ${change}`);
}

function shown(file: string): string {
  return printable(relative(process.cwd(), file) || file);
}
