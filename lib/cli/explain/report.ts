import { type Explanation } from "../../origins";
import { colors } from "../colors";
import { type Answer, verdictOf } from "./answer";
import { addingLines, errorLines, liveLines, marks, placeLines, refusedLines, whyNotLines } from "./details";
import { type Page } from "./page";

/** How much is told. */
export interface ReportOptions {
  /** Whether the environments were asked for by name: then each says how it could admit the page, too. */
  readonly named: boolean;
}

/** The page as it was understood, then a line for each environment, with what belongs to it below. */
export function renderAnswers(page: Page, answers: readonly Answer[], { named }: ReportOptions): string {
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
      : ["", colors.dim("--environment <name> says how one of the others could admit it")];
  return [renderPage(page), "", ...blocks, ...hint].join("\n");
}

/** Where another environment admits the page, or almost names it, this one is hardly the one that is meant. */
function isAside({ elsewhere, explanation }: Answer, answers: readonly Answer[]): boolean {
  if (explanation.admitted || explanation.missing === undefined) return false;
  return elsewhere.length > 0 || (!isClose(explanation) && answers.some((answer) => isClose(answer.explanation)));
}

function isClose(explanation: Explanation): boolean {
  return !explanation.admitted && ["www", "typo", "local"].includes(explanation.relation ?? "");
}

/** `shop.example.com, read from "https://Shop.example.com/cart": the scheme https and the path play no part` */
function renderPage({ host, name, written, dropped, hasFinalDot }: Page): string {
  if (hasFinalDot) {
    return `${colors.bold(`${host}.`)} ends in a dot: to the browser it is another host, which no entry can name. Open the page as "${host}"`;
  }
  const shown = name === host ? colors.bold(host) : `${colors.bold(host)} (${name})`;
  if (written === host) return shown;
  const parts =
    dropped.length === 0 ? "" : `: ${enumerated(dropped)} ${dropped.length === 1 ? "plays" : "play"} no part`;
  return `${shown}${colors.dim(`, read from "${written}"${parts}`)}`;
}

function headline({ explanation, elsewhere, live }: Answer): string {
  if (!explanation.admitted) {
    if (explanation.late.length > 0) return "not known before apply";
    const others =
      elsewhere.length === 0 ? "" : colors.dim(`, ${enumerated(elsewhere)} ${elsewhere.length === 1 ? "does" : "do"}`);
    return `${live === undefined ? "does not admit it" : "declares no entry for it"}${others}`;
  }
  const { by, entry } = explanation;
  if (by === "everything" || entry === undefined) return "admits it, like every page of the web";
  return by === "entry"
    ? "admits it by its own entry"
    : `admits it by "${entry.host}": an entry admits every subdomain`;
}

function details(answer: Answer, isBrief: boolean): readonly string[] {
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
