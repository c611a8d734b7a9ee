import { type Audit } from "../../audit/audit";
import { type Drift, type Mender } from "../../audit/drift";
import { printable } from "../../base/printable";
import { redact } from "../../base/redact";
import { type DomainPolicy } from "../../genesys/host-check";
import { type Examination, type ExaminedMessenger } from "../../operations/examine";
import { type AllowList } from "../../origins/allow-list";
import { formatPlace, type Place } from "../../origins/finding";
import { messageOf } from "../terminal/interruption";
import { colors } from "../terminal/output";
import { renderTable, type TableSize } from "../terminal/table";

/** What one side says of a deployment; a part that it does not say, or that could not be read, is absent. */
interface Side {
  readonly title: string;
  readonly policy?: DomainPolicy;
  readonly configurationVersion?: string;
  readonly status?: string;
}

/** The four sides of an audit: what is derived, remembered, and served twice. */
function sidesOf({ declared, derived, remembered, audit }: ExaminedMessenger): readonly Side[] {
  const { api, publicFiles, newestVersion } = audit.live;
  const { domains, configuration } = publicFiles;
  const published = configuration.outcome === "served" ? configuration.content : {};
  const deployment = remembered?.deployment;
  const version = remembered?.configurationVersion ?? deployment?.configuration.version;
  return [
    {
      title: "derived",
      ...(derived !== undefined && { policy: derived.policy }),
      ...(declared.status !== undefined && { status: declared.status }),
    },
    {
      title: "state",
      ...(deployment !== undefined && { policy: deployment, status: deployment.status }),
      ...(version !== undefined && { configurationVersion: version }),
    },
    {
      title: "API",
      ...(api.outcome === "served" && {
        policy: api.deployment,
        status: api.deployment.status,
        configurationVersion: withNewest(api.deployment.configuration.version, newestVersion),
      }),
    },
    {
      title: "public files",
      ...(domains.outcome === "served" && { policy: domains.content }),
      ...(published.version !== undefined && { configurationVersion: published.version }),
      ...(published.status !== undefined && { status: published.status }),
    },
  ];
}

function withNewest(version: string, newest: string | undefined): string {
  return newest === undefined || newest === version ? version : `${version}, newest ${newest}`;
}

const yes = "✔";
const no = "–";
const unread = "?";

/**
 * The sides of an audit side by side: a line for each host on which they do not agree, and one for the status and the
 * configuration where those differ.
 *
 * @param derived tells who asked for a host
 */
function sidesTable(sides: readonly Side[], derived: AllowList | undefined, size?: TableSize): string {
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

/** Notes that are not drift. */
export function renderNotes({ unchecked, notes }: Audit): readonly string[] {
  return [...unchecked.map((note) => `  not checked: ${note}`), ...notes.map((note) => `  note: ${note}`)].map((line) =>
    colors.dim(printable(line)),
  );
}

/** Each drift in a sentence. */
export function renderDrifts(drifts: readonly Drift[]): readonly string[] {
  return drifts.map(({ message }) => `  ${colors.red("✖")} ${printable(message)}`);
}

/**
 * The command that mends a drift, after an arrow; empty where only a person can. A deployment that is gone is made again only for
 * a person who knows what that means.
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

/** The list that the program derives, and who asked for each entry. */
interface DerivedJson {
  readonly allowAllDomains: boolean;
  readonly allowedDomains: readonly { readonly domain: string; readonly sources: readonly Place[] }[];
}

/** One element of what `origins audit --json` prints: a Messenger. */
interface AuditJson extends Omit<Audit, "live"> {
  readonly stack: string;
  /** The application's environment; absent where the stack names none. */
  readonly environment?: string;
  /** Absent where a Terraform expression decides the list. */
  readonly derived?: DerivedJson;
  /** What Terraform's state remembers; absent where it was never deployed. */
  readonly state?: DomainPolicy & { readonly configurationVersion: string; readonly status: string };
  readonly live: Audit["live"];
}

/** A stack that could not be audited. */
interface AuditProblemJson {
  readonly name: string;
  readonly stack: string;
  readonly verdict: "unknown";
  readonly problem: string;
}

/** What `origins audit --json` prints of one stack. */
export function auditJson(examination: Examination): readonly (AuditJson | AuditProblemJson)[] {
  const { stack } = examination;
  if ("problem" in examination) {
    const { problem } = examination;
    const message = messageOf(problem);
    return [{ name: stack.name, stack: stack.name, verdict: "unknown", problem: message }];
  }
  return examination.messengers.map(({ audit, derived, remembered }) => {
    const { live, ...findings } = audit;
    return {
      ...findings,
      stack: stack.name,
      ...(stack.environment !== undefined && { environment: stack.environment }),
      ...(derived !== undefined && { derived: derivedJson(derived) }),
      ...(remembered !== undefined && {
        state: {
          allowAllDomains: remembered.deployment.allowAllDomains,
          allowedDomains: remembered.deployment.allowedDomains,
          configurationVersion: remembered.configurationVersion ?? remembered.deployment.configuration.version,
          status: remembered.deployment.status,
        },
      }),
      live,
    };
  });
}

function derivedJson({ allowAllDomains, entries }: AllowList): DerivedJson {
  const allowedDomains = entries.map(({ host, sources }) => ({
    domain: host,
    sources: sources.map(({ place }) => place),
  }));
  return { allowAllDomains, allowedDomains };
}
