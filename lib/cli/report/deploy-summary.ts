import { type Audit } from "../../audit/audit";
import { printable } from "../../base/printable";
import { colors } from "../terminal/output";
import { deployedMessengers } from "../../operations/application";
import { type Examination, type ExaminedMessenger } from "../../operations/examine";
import { type StackOutcome } from "../../operations/outcome";
import { type Recreation } from "../../operations/repairs";
import { type Column, renderTable, type TableSize } from "../terminal/table";
import { indented, renderDrifts, renderNotes } from "./audit-report";
import { messageOf } from "../terminal/interruption";

/** One element of what `origins deploy --json` and `origins repair --json` print: a stack. */
interface OutcomeJson {
  readonly stack: string;
  readonly outcome: StackOutcome["outcome"];
  /** What Terraform's state was made to say before the plan. */
  readonly repairs: readonly {
    /** Absent, as the attribute, where the state file was restored as a whole. */
    readonly address?: string;
    readonly attribute?: string;
    readonly why: string;
  }[];
  /** The copy of the state from before a repair. */
  readonly backup?: string;
  /** Absent if nothing was recreated. */
  readonly recreated?: readonly RecreationJson[];
  /** How many resources that were there already Terraform took over; absent for none. */
  readonly imported?: number;
  /** How many resources Terraform let go of, which stay as they are; absent for none. */
  readonly released?: number;
  readonly reason?: string;
  /** What Genesys serves after it; absent for a stack without a Messenger, or if it was not read. */
  readonly messengers: readonly { readonly name: string; readonly deploymentId?: string; readonly verdict: string }[];
}

/** A deployment that was deleted by hand and is recreated. */
interface RecreationJson extends Recreation {
  /** The id that it has now; absent where it could not be made. */
  readonly is?: string;
}

export function outcomeJson(
  { stack, outcome, repairs, backup, recreated, imported, released, reason }: StackOutcome,
  after: Examination | undefined,
): OutcomeJson {
  return {
    stack: stack.name,
    outcome,
    ...(backup !== undefined && { backup }),
    ...(imported !== undefined && { imported }),
    ...(released !== undefined && { released }),
    ...(reason !== undefined && { reason }),
    ...(recreated !== undefined && { recreated: renamed(recreated, after) }),
    repairs: repairs.map(({ edit, why }) => ({
      ...(edit !== undefined && { address: edit.address, attribute: edit.attribute }),
      why,
    })),
    messengers: messengersOf(after).map(({ audit: { name, deploymentId, verdict } }) => ({
      name,
      verdict,
      ...(deploymentId !== undefined && { deploymentId }),
    })),
  };
}

/** A stack that was left alone because what is live could not be read. */
export function unreadJson(examination: Examination): OutcomeJson {
  const reasons =
    "problem" in examination
      ? [messageOf(examination.problem)]
      : examination.messengers.flatMap(({ audit }) => audit.drifts.map(({ message }) => message));
  const reason = ["What Genesys Cloud serves is not known.", ...reasons].join("\n");
  return { stack: examination.stack.name, outcome: "failed", reason, repairs: [], messengers: [] };
}

const columns: readonly Column[] = [
  { title: "stack", isName: true },
  { title: "outcome" },
  { title: "repaired" },
  { title: "what Genesys serves" },
];

/** A table of what became of each stack, then every reason and every drift that remains. */
export function renderSummary(
  outcomes: readonly StackOutcome[],
  after: ReadonlyMap<string, Examination>,
  size?: TableSize,
): string {
  const rows: string[][] = [];
  const words: string[] = [];
  for (const { stack, outcome, repairs, recreated = [], reason, imported = 0, released = 0 } of outcomes) {
    const messengers = messengersOf(after.get(stack.name));
    const verdicts = [...new Set(messengers.map(({ audit }) => verdictOf(audit)))].join(", ");
    const hands = [
      ...(imported > 0 ? [`${imported} imported`] : []),
      ...(released > 0 ? [`${released} released`] : []),
    ];
    const became = [painted(outcome), ...hands].join(", ");
    rows.push([stack.name, became, repairs.length === 0 ? "" : String(repairs.length), verdicts]);
    if (reason !== undefined) words.push(`${colors.bold(stack.name)}: ${painted(outcome)}\n${indented(reason)}`);
    for (const { was, is } of renamed(recreated, after.get(stack.name))) {
      const now = printable(is === undefined ? `"${was}" is gone` : `"${was}" is now "${is}"`);
      words.push(
        `${colors.bold(stack.name)}: the deployment ${now}: pages that use the old id show no Messenger until they are rebuilt`,
      );
    }
    for (const { audit } of messengers) {
      const lines = [...renderDrifts(audit.drifts), ...renderNotes(audit)];
      if (lines.length > 0) words.push(`${colors.bold(printable(audit.name))}:\n${lines.join("\n")}`);
    }
  }
  return [renderTable(columns, rows, size), ...words].join("\n\n");
}

/** More stacks than this are not listed: `origins env` prints the variables of each. */
const mostListed = 10;

/** What the applications are built with, a line for each Messenger of the stacks that are deployed. */
export function applicationLines(
  deployed: readonly StackOutcome[],
  after: ReadonlyMap<string, Examination>,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const lines = deployed.flatMap(({ stack }) => {
    const examination = after.get(stack.name);
    if (examination === undefined || "problem" in examination) return [];
    const messengers = deployedMessengers(stack, examination.state, environment);
    return messengers.map(({ construct, variables }) => {
      const whose = messengers.length > 1 ? `${stack.name} ${construct}` : stack.name;
      const values = Object.entries(variables).map(([name, value]) => `${name}=${String(value)}`);
      return printable(`  ${whose}: ${values.join(" ")}`);
    });
  });
  if (lines.length === 0) return [];
  const more = lines.length > mostListed ? [`  … and ${lines.length - mostListed} more`] : [];
  return [
    "Build the applications with these variables (origins env prints them):",
    ...lines.slice(0, mostListed),
    ...more,
  ];
}

/** The outcome of the deployments to recreate. */
function renamed(recreated: readonly Recreation[], after: Examination | undefined): readonly RecreationJson[] {
  return recreated.map(({ address, was }) => {
    const is = messengersOf(after).find(({ declared }) => declared.address === address)?.audit.deploymentId;
    return { address, was, ...(is !== undefined && is !== was && { is }) };
  });
}

function messengersOf(examination: Examination | undefined): readonly ExaminedMessenger[] {
  return examination === undefined || "problem" in examination ? [] : examination.messengers;
}

/** The deploy is not to blame for public files that are still old. */
function verdictOf({ verdict, drifts }: Audit): string {
  if (verdict === "equal") return colors.green("equal");
  if (verdict === "unknown") return colors.red("not known");
  return drifts.every(({ mendedBy }) => mendedBy === "time") ? colors.yellow("on its way") : colors.red("drift");
}

function painted(outcome: StackOutcome["outcome"]): string {
  if (outcome === "deployed") return colors.green(outcome);
  return outcome === "unchanged" ? outcome : colors.red(outcome);
}
