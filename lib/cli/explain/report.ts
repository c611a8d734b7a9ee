import { printable } from "../../base/printable";
import { type Explanation, type NearestEntry } from "../../origins/explanation";
import { type Finding, formatPlace } from "../../origins/finding";
import { remedy } from "../report/audit-report";
import { colors } from "../terminal/output";
import { type Addition, type PageAnswer, type Page, verdictOf } from "./answer";
import { type LiveAnswer, type Verdict } from "./live";

type Admission = Extract<Explanation, { readonly admitted: true }>;
type Refusal = Extract<Explanation, { readonly admitted: false }>;

const marks: Readonly<Record<Verdict, { readonly mark: string; readonly paint: (text: string) => string }>> = {
  admitted: { mark: "✔", paint: colors.green },
  refused: { mark: "✖", paint: colors.red },
  unknown: { mark: "?", paint: colors.yellow },
};

const mostPlaces = 3;

/** Who wrote the entry that admits the page. */
function placeLines({ entry }: Admission): readonly string[] {
  const places = (entry?.sources ?? []).map(({ place }) => colors.dim(formatPlace(place)));
  const more = places.length - mostPlaces;
  return more > 1 ? [...places.slice(0, mostPlaces), colors.dim(`and ${more} more`)] : places;
}

/** What may still admit the page, and the entry that comes closest. A final dot does not affect the list. */
function whyNotLines(explanation: Refusal, isBrief: boolean): readonly string[] {
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
  www: "the same with www.: an entry never admits its parent domain",
  typo: "spelled differently",
  local: "a different host to the browser",
  above: "below it: an entry never admits its parent domain",
  sibling: 'a sibling: "%" would admit both, and everything else under it',
};

/** Addresses of the environment that name the page, and why its list does not have them. */
function refusedLines(refused: readonly Finding[]): readonly string[] {
  return refused.map((finding) => {
    const where = finding.place === undefined ? "" : ` ${colors.dim(`(${formatPlace(finding.place)})`)}`;
    return labelled("refused", `${sentence(finding)}${where}`);
  });
}

/** What to write where, and what the rules would say then; or why that would not help. */
function addingLines({ address, place, findings }: Addition): readonly string[] {
  const refusal = findings.find(({ severity }) => severity === "error");
  if (refusal !== undefined) return [labelled("add", `nothing: ${sentence(refusal)}`)];
  const where = place === undefined ? "to its addresses" : `to its addresses, ${formatPlace(place)}`;
  return [
    labelled("add", `${colors.cyan(printable(JSON.stringify(address)))} ${where}`),
    ...findings.map((finding) => labelled("", `${colors.yellow("warning")} ${sentence(finding)}`)),
  ];
}

/** That something else keeps the environment from being deployed. */
function errorLines({ otherErrors, environment: { name } }: PageAnswer): readonly string[] {
  if (otherErrors === 0) return [];
  const errors = otherErrors === 1 ? "1 error stops" : `${otherErrors} errors stop`;
  return [
    labelled("beware", `${errors} its deploy, and its list may be incomplete: ${colors.cyan(`origins list ${name}`)}`),
  ];
}

/** What Genesys serves, and what mends a difference. */
function liveLines(answer: LiveAnswer, explanation: Explanation, isOneOfSeveral: boolean): readonly string[] {
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

/** A program may add its own addresses to a Messenger, and an earlier synthesis may be outdated. */
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

/** How much is told. */
interface ReportOptions {
  /** Whether the environments were asked for by name: then each says how it could admit the page, too. */
  readonly named: boolean;
}

/** The page as it was understood, then a line for each environment, with what belongs to it below. */
export function renderAnswers(page: Page, answers: readonly PageAnswer[], { named }: ReportOptions): string {
  const width = Math.max(...answers.map(({ environment }) => environment.name.length));
  const hidden = named ? [] : answers.filter((answer) => isAside(answer, answers));
  const blocks = answers.map((answer) => {
    const { mark, paint } = marks[verdictOf(answer)];
    const title = `${paint(mark)} ${colors.bold(answer.environment.name.padEnd(width))}`;
    const below = details(answer, hidden.includes(answer)).map((line) => `${" ".repeat(width + 4)}${line}`);
    return [`${title}  ${headline(answer)}`, ...below].join("\n");
  });
  const admits = answers.some(({ explanation }) => explanation.admitted);
  const hint =
    admits || hidden.length === 0
      ? []
      : ["", colors.dim("use --environment <name> to see how one of the others could admit it")];
  return [renderPage(page), "", ...blocks, ...hint].join("\n");
}

/** Where another environment admits the page, or almost names it, this one is hardly the one that is meant. */
function isAside({ elsewhere, explanation }: PageAnswer, answers: readonly PageAnswer[]): boolean {
  if (explanation.admitted || explanation.missing === undefined) return false;
  return elsewhere.length > 0 || (!isClose(explanation) && answers.some((answer) => isClose(answer.explanation)));
}

function isClose(explanation: Explanation): boolean {
  return !explanation.admitted && ["www", "typo", "local"].includes(explanation.relation ?? "");
}

/** `shop.example.com, read from "https://Shop.example.com/cart": the scheme https and the path play no part` */
function renderPage({ host, name, written, dropped, hasFinalDot }: Page): string {
  if (hasFinalDot) {
    return `${colors.bold(`${host}.`)} ends in a dot: the browser treats it as a different host, which no entry can match. Open the page as "${host}"`;
  }
  const shown = name === host ? colors.bold(host) : `${colors.bold(host)} (${name})`;
  if (written === host) return shown;
  const parts =
    dropped.length === 0 ? "" : `: ${enumerated(dropped)} ${dropped.length === 1 ? "plays" : "play"} no part`;
  return `${shown}${colors.dim(`, read from "${written}"${parts}`)}`;
}

function headline({ explanation, elsewhere, live }: PageAnswer): string {
  if (!explanation.admitted) {
    if (explanation.late.length > 0) return "not known before apply";
    const others =
      elsewhere.length === 0 ? "" : colors.dim(`, ${enumerated(elsewhere)} ${elsewhere.length === 1 ? "does" : "do"}`);
    return `${live === undefined ? "does not admit it" : "declares no entry for it"}${others}`;
  }
  const { by, entry } = explanation;
  if (by === "everything" || entry === undefined) return "admits it, like every other page";
  return by === "entry"
    ? "admits it by its own entry"
    : `admits it by "${entry.host}": an entry admits every subdomain`;
}

function details(answer: PageAnswer, isBrief: boolean): readonly string[] {
  const { explanation, refused, addition, live = [] } = answer;
  return [
    ...(explanation.admitted ? placeLines(explanation) : whyNotLines(explanation, isBrief)),
    ...refusedLines(refused),
    ...(addition === undefined || isBrief ? [] : addingLines(addition)),
    ...errorLines(answer),
    ...live.flatMap((each) => liveLines(each, explanation, live.length > 1)),
  ];
}

function enumerated(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
