import { type Explanation, type Finding, formatPlace, type NearestEntry } from "../../origins";
import { printable } from "../../base/printable";
import { colors } from "../colors";
import { remedy } from "../report/audit-report";
import { type Addition } from "./addition";
import { type Answer } from "./answer";
import { type LiveAnswer, type Verdict } from "./live";

type Admission = Extract<Explanation, { readonly admitted: true }>;
type Refusal = Extract<Explanation, { readonly admitted: false }>;

export const marks: Readonly<Record<Verdict, { readonly mark: string; readonly paint: (text: string) => string }>> = {
  admitted: { mark: "✔", paint: colors.green },
  refused: { mark: "✖", paint: colors.red },
  unknown: { mark: "?", paint: colors.yellow },
};

const mostPlaces = 3;

/** Who wrote the entry that admits the page. */
export function placeLines({ entry }: Admission): readonly string[] {
  const places = (entry?.sources ?? []).map(({ place }) => colors.dim(formatPlace(place)));
  const more = places.length - mostPlaces;
  return more > 1 ? [...places.slice(0, mostPlaces), colors.dim(`and ${more} more`)] : places;
}

/** What may still admit the page, and the entry that comes closest. A final dot is no matter of the list. */
export function whyNotLines(explanation: Refusal, isBrief: boolean): readonly string[] {
  const { late, missing, nearest, relation, parent } = explanation;
  if (missing === undefined) return [];
  const perhaps = late.map(({ value, place }) =>
    labelled("perhaps", `${printable(value)} ${colors.dim(`(${formatPlace(place)})`)}`),
  );
  if (isBrief || nearest === undefined || relation === undefined) return perhaps;
  const [source] = nearest.sources;
  const where = source === undefined ? "" : ` ${colors.dim(`(${formatPlace(source.place)})`)}`;
  const note = notes[relation].replace("%", parent ?? "");
  return [...perhaps, labelled("nearest", `${nearest.host}${where}, ${note}`)];
}

const notes: Readonly<Record<NearestEntry["relation"], string>> = {
  www: "the same with www.: an entry never admits the name above it",
  typo: "spelled otherwise",
  local: "another host to the browser",
  above: "below it: an entry never admits the name above it",
  sibling: 'a sibling: "%" would admit both, and everything else under it',
};

/** Addresses of the environment that name the page, and why its list does not have them. */
export function refusedLines(refused: readonly Finding[]): readonly string[] {
  return refused.map((finding) => {
    const where = finding.place === undefined ? "" : ` ${colors.dim(`(${formatPlace(finding.place)})`)}`;
    return labelled("refused", `${sentence(finding)}${where}`);
  });
}

/** What to write where, and what the rules would say then; or why that would not help. */
export function addingLines({ address, place, findings }: Addition): readonly string[] {
  const refusal = findings.find(({ severity }) => severity === "error");
  if (refusal !== undefined) return [labelled("add", `nothing: ${sentence(refusal)}`)];
  const where = place === undefined ? "to its addresses" : `to its addresses, ${formatPlace(place)}`;
  return [
    labelled("add", `${colors.cyan(printable(JSON.stringify(address)))} ${where}`),
    ...findings.map((finding) => labelled("", `${colors.yellow("warning")} ${sentence(finding)}`)),
  ];
}

/** That something else keeps the environment from being deployed. */
export function errorLines({ otherErrors, environment: { name } }: Answer): readonly string[] {
  if (otherErrors === 0) return [];
  const errors = otherErrors === 1 ? "1 error stops" : `${otherErrors} errors stop`;
  return [
    labelled("beware", `${errors} its deploy, and its list may lack hosts: ${colors.cyan(`origins list ${name}`)}`),
  ];
}

/** What Genesys serves, and what mends a difference. */
export function liveLines(answer: LiveAnswer, explanation: Explanation, isOneOfSeveral: boolean): readonly string[] {
  const { name, declared, served, reason, drifts } = answer;
  const { mark, paint } = marks[served];
  const words = {
    admitted: "Genesys admits it",
    refused: "Genesys does not admit it",
    unknown: "what Genesys serves is not known",
  }[served];
  const because = reason === undefined ? "" : `: ${printable(reason)}`;
  const who = isOneOfSeveral ? `${name}: ` : "";
  return [
    labelled("live", `${paint(mark)} ${who}${words}${because}${ownDeclaration(declared, explanation)}`),
    ...drifts.map((drift) => labelled("", `${printable(drift.message)}${remedy(drift)}`)),
  ];
}

/** A program adds addresses of its own to a Messenger, and what was synthesised before may be old. */
function ownDeclaration(declared: Verdict | undefined, { admitted }: Explanation): string {
  if (declared === undefined || (declared === "admitted") === admitted) return "";
  return declared === "admitted" ? ", the program adds it to the stack" : ", the synthesised stack does not declare it";
}

function sentence({ message, rule, remedy: advice }: Finding): string {
  return printable(`${message} (${rule}): ${advice}`);
}

function labelled(label: string, text: string): string {
  return `${colors.dim(label.padEnd("nearest".length))}  ${text}`;
}
