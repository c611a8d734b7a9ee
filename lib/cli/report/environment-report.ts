import { printable } from "../../base/printable";
import { type Finding, formatFinding, formatPlace, type Place, refuses } from "../../origins/finding";
import { readableHost } from "../../origins/hostname";
import { sharedHosts } from "../../origins/shared-hosts";
import { type NextEnvironment } from "../../sources/next-environment";
import { colors as pc } from "../terminal/output";
import { type Column, renderTable, type TableSize } from "../terminal/table";

/** An environment with everything that is to be said of it, the comparison with its siblings included. */
export interface EnvironmentReport {
  readonly environment: NextEnvironment;
  readonly findings: readonly Finding[];
}

/** The findings of all environments, each judged by itself and beside the others. */
export function reportOn(environments: readonly NextEnvironment[]): readonly EnvironmentReport[] {
  const shared = sharedHosts(environments);
  return environments.map((environment) => ({
    environment,
    findings: [...environment.findings, ...(shared.get(environment.name) ?? [])],
  }));
}

/** Whether a rule refuses any of the environments. */
export function anyRefused(reports: readonly EnvironmentReport[]): boolean {
  return reports.some(({ findings }) => findings.some(refuses));
}

/** One row of the table: a page address, what became of it, and who wrote it. */
interface Row {
  readonly page: string;
  readonly allowedDomain: string;
  readonly place: Place;
  readonly findings: readonly Finding[];
}

const columns: readonly Column[] = [
  { title: "page host", isName: true },
  { title: "allowed domain", isName: true },
  { title: "source" },
  { title: "findings", isOptional: true },
];

/** A table of the environment's pages, then every finding in full. */
export function renderReport({ environment, findings }: EnvironmentReport, size?: TableSize): string {
  const rows = rowsOf(environment, findings).map(({ page, allowedDomain, place, findings: ofRow }) => [
    printable(page),
    allowedDomain,
    formatPlace(place),
    [...new Set(ofRow.map((finding) => badge(finding)))].join(", "),
  ]);
  const count = environment.allowList.entries.length;
  const listed = `${count} allowed domain${count === 1 ? "" : "s"}`;
  const later = environment.allowList.late.length === 0 ? "" : ", and those known at apply";
  const summary = environment.allowAllDomains ? "every page" : `${listed}${later}`;
  const kind = environment.kind === environment.name ? "" : ` (${environment.kind})`;
  const lines = findings.map((finding) => `${badge(finding, "severity")} ${formatFinding(finding)}`);
  return [`${pc.bold(environment.name)}${kind}: ${summary}`, renderTable(columns, rows, size), ...lines].join("\n");
}

function rowsOf({ allowList }: NextEnvironment, findings: readonly Finding[]): readonly Row[] {
  const unplaced = new Set(findings);
  const allowed = allowList.entries.flatMap(({ host, sources }) =>
    sources.map(({ value, place }) => {
      const own = findings.filter(
        (finding) => finding.place !== undefined && isSamePlace(finding.place, place) && finding.value === value,
      );
      own.forEach((finding) => unplaced.delete(finding));
      const page = `${isWildcard(value) ? "*." : ""}${readableHost(host)}`;
      return { page, allowedDomain: host, place, findings: own };
    }),
  );
  const refused = [...unplaced].flatMap((finding) => {
    const { place, value } = finding;
    return place === undefined ? [] : [{ page: value, allowedDomain: "–", place, findings: [finding] }];
  });
  const late = allowList.late.map(({ value, place }) => ({
    page: value,
    allowedDomain: "known at apply",
    place,
    findings: [],
  }));
  return [...distinctRows(allowed), ...late, ...refused];
}

/** Whether an address was written as `*.host`: the entry is that of the host, but it asks for more than one page. */
function isWildcard(value: string): boolean {
  return /^(?:https?:\/\/)?\*\*?\./i.test(value);
}

/** The same host written twice in one place, with and without a scheme for instance, is one row with the findings of both. */
function distinctRows(rows: readonly Row[]): readonly Row[] {
  const byText = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify([row.page, row.allowedDomain, formatPlace(row.place)]);
    const known = byText.get(key)?.findings ?? [];
    byText.set(key, { ...row, findings: [...known, ...row.findings] });
  }
  return [...byText.values()];
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.file === other.file && one.line === other.line && one.key === other.key;
}

function badge(finding: Finding, show: "rule" | "severity" = "rule"): string {
  const { severity, rule, acknowledged } = finding;
  if (acknowledged !== undefined)
    return pc.dim(show === "rule" ? `${rule} (acknowledged)` : `acknowledged (${printable(acknowledged)})`);
  const text = show === "rule" ? rule : severity;
  return severity === "error" ? pc.red(text) : pc.yellow(text);
}
