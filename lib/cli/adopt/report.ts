import { type Adoption, type ComparedDomains, type EntryAdvice, type Note } from "../../adoption";
import { printable } from "../../base/printable";
import { colors } from "../colors";

/** What to know before the program is deployed, for people. */
export function renderAdoption(adoption: Adoption): string {
  const { deployment, configuration, environmentName, environment, domains, notes } = adoption;
  const known = environment === undefined ? "which the program declares" : `which is new: ${environment.kind}`;
  const named = printable(JSON.stringify(deployment.name));
  const head = [
    colors.bold(`${named} is adopted for the environment "${environmentName}", ${known}`),
    `  deployment     ${printable(deployment.id)}`,
    `  configuration  ${printable(`${configuration.id}, version ${configuration.version}`)}`,
  ];
  const list = [colors.bold(countsOf(domains)), ...listLines(domains)];
  const more = notes.length === 0 ? [] : ["", colors.bold("To know before you deploy"), ...notes.map(noteLine)];
  return [...head, "", ...list, ...more, "", colors.bold(expectedPlan(adoption))].join("\n");
}

function countsOf({ live, derived, kept }: ComparedDomains): string {
  return `Allowed domains: ${live} in Genesys Cloud, ${derived} derived by the program, ${kept} in both`;
}

function listLines({ dropped, added, others, equal }: ComparedDomains): readonly string[] {
  if (equal) return ["  ✔ the lists are equal"];
  const entry =
    (mark: string) =>
    ({ message, advice }: EntryAdvice) =>
      `  ${mark} ${printable(`${message}: ${advice}`)}`;
  return [
    ...dropped.map(entry(colors.red("-"))),
    ...added.map(entry(colors.green("+"))),
    ...others.map((message) => `  ${colors.yellow("~")} ${printable(message)}`),
  ];
}

function noteLine({ level, text }: Note): string {
  const mark = { problem: colors.red("✖"), warning: colors.yellow("!"), remark: "•" }[level];
  return `  ${mark} ${printable(text)}`;
}

/** What the next `origins plan` says. */
export function expectedPlan({ changes }: Adoption): string {
  const parts = Object.entries(changes).flatMap(([resource, names]) =>
    names.length === 0 ? [] : [`the ${resource} (${names.join(", ")})`],
  );
  const summary = `The plan: 2 to import, 0 to add, ${parts.length} to change`;
  return parts.length === 0 ? summary : `${summary}: ${parts.join(" and ")}`;
}
