import { type Audit, type Drift, type Mender } from "../../live";
import { printable } from "../../base/printable";
import { colors } from "../colors";
import { type Examination, type ExaminedMessenger } from "../stacks/examine";
import { type TableSize } from "../table";
import { sidesOf } from "./sides";
import { sidesTable } from "./sides-table";
import { messageOf } from "../user-error";

/** What an audit found of a stack, for people: one line where all is well, and everything that is to be said where not. */
export function renderExamination(examination: Examination, size?: TableSize): string {
  if (!("problem" in examination)) return examination.messengers.map((each) => renderMessenger(each, size)).join("\n");
  const { stack, problem } = examination;
  const message = messageOf(problem);
  return `${colors.bold(stack.name)}: ${colors.red("not audited")}\n${indented(message)}`;
}

function renderMessenger(messenger: ExaminedMessenger, size: TableSize | undefined): string {
  const { audit, derived } = messenger;
  const paint = { equal: colors.green, drift: colors.yellow, unknown: colors.red }[audit.verdict];
  const facts = [
    ...(derived === undefined ? [] : [amount(derived.allowAllDomains ? undefined : derived.domains.length)]),
    ...(audit.deploymentId === undefined ? [] : [`deployment ${printable(audit.deploymentId)}`]),
  ];
  const headline =
    `${colors.bold(printable(audit.name))}: ${paint(audit.verdict)} ${colors.dim(facts.join(", "))}`.trimEnd();
  const sides = sidesOf(messenger);
  const comparable = sides.filter(({ policy }) => policy !== undefined).length > 1;
  return [
    headline,
    ...(audit.verdict !== "equal" && comparable ? [sidesTable(sides, derived, size)] : []),
    ...audit.drifts.flatMap((drift) => renderDrifts([drift]).map((line) => `${line}${remedy(drift)}`)),
    ...(audit.lost.length > 0 ? [`  visitors lose: ${printable(audit.lost.join(", "))}`] : []),
    ...(audit.gained.length > 0 ? [`  strangers gain: ${printable(audit.gained.join(", "))}`] : []),
    ...renderNotes(audit),
  ].join("\n");
}

/** What is no drift and should be known all the same. */
export function renderNotes({ unchecked, notes }: Audit): readonly string[] {
  return [...unchecked.map((note) => `  not looked at: ${note}`), ...notes.map((note) => `  note: ${note}`)].map(
    (line) => colors.dim(printable(line)),
  );
}

/** Each drift in a sentence. */
export function renderDrifts(drifts: readonly Drift[]): readonly string[] {
  return drifts.map(({ message }) => `  ${colors.red("✖")} ${printable(message)}`);
}

/**
 * The command that mends a drift, after an arrow; empty where only a person can. A deployment that is gone is made again only for
 * somebody who knows what that means.
 */
export function remedy({ kind, mendedBy }: Drift): string {
  return kind === "deployment-gone" ? ` ${colors.cyan("→ origins deploy --recreate")}` : remedies[mendedBy];
}

const remedies: Readonly<Record<Mender, string>> = {
  deploy: ` ${colors.cyan("→ origins deploy")}`,
  repair: ` ${colors.cyan("→ origins repair, or origins deploy")}`,
  time: ` ${colors.cyan("→ wait a moment")}`,
  person: "",
};

function amount(domains: number | undefined): string {
  if (domains === undefined) return "every page";
  return `${domains} allowed domain${domains === 1 ? "" : "s"}`;
}

/** Every line of a text, two columns further in. */
export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
