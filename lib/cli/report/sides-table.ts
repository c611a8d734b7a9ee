import { type AllowList, formatPlace, redact } from "../../origins";
import { printable } from "../../base/printable";
import { colors } from "../colors";
import { renderTable, type TableSize } from "../table";
import { type Side } from "./sides";

const yes = "✔";
const no = "–";
const unread = "?";

/**
 * The sides of an audit side by side: a line for each host on which they do not agree, and one for the status and the
 * configuration where those differ.
 *
 * @param derived tells who asked for a host
 */
export function sidesTable(sides: readonly Side[], derived: AllowList | undefined, size?: TableSize): string {
  const columns = [{ title: "", isName: true }, ...sides.map(({ title }) => ({ title })), { title: "asked for by" }];
  const entries = ["every page", ...new Set(sides.flatMap(({ policy }) => policy?.allowedDomains ?? []))];
  const listed = sides.map(({ policy }) => policy && new Set(policy.allowedDomains));
  const rows = entries.map((entry, index) => ({
    entry,
    cells: sides.map(({ policy }, side) => {
      if (policy === undefined) return unread;
      const has = index === 0 ? policy.allowAllDomains : listed[side]?.has(entry) === true;
      return has ? yes : no;
    }),
  }));
  const shown = rows.filter(({ cells }) => new Set(cells.filter((cell) => cell !== unread)).size > 1);
  const table = shown.map(({ entry, cells }) => [redact(entry), ...cells.map(painted), askedFor(derived, entry)]);
  const agreed = rows.filter(({ cells }) => !cells.includes(no) && cells.includes(yes)).length;
  if (agreed > 0) {
    const cells = sides.map(({ policy }) => painted(policy === undefined ? unread : yes));
    table.push([shown.length > 0 ? `${agreed} more` : `all ${agreed}`, ...cells, ""]);
  }
  const texts: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ["status", sides.map(({ status }) => status)],
    ["configuration version", sides.map(({ configurationVersion }) => configurationVersion)],
  ];
  for (const [title, values] of texts) {
    if (new Set(values.filter((value) => value !== undefined)).size < 2) continue;
    table.push([title, ...values.map((value) => printable(value ?? "")), ""]);
  }
  return renderTable(columns, table, size);
}

function painted(cell: string): string {
  if (cell === yes) return colors.green(cell);
  return cell === no ? colors.red(cell) : colors.dim(cell);
}

/** The first of those who wrote the address, and how many more there are. */
function askedFor(derived: AllowList | undefined, entry: string): string {
  const own = derived?.entryFor(entry);
  const [first, ...others] = own?.host === entry ? own.sources : [];
  if (first === undefined) return "";
  return `${formatPlace(first.place)}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}
