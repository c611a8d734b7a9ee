import { parseAddress } from "../../origins/address";
import { type EnvironmentKind } from "../../origins/environment-kind";
import { type Finding } from "../../origins/finding";
import { type Place, type WrittenAddress } from "../../origins/place";
import { redact } from "../../origins/redact";
import { type SourceReading } from "../address-source";
import { type EvaluatedEntry } from "./config-answer";
import { type ConfigEnvironment } from "./config-environment";
import { inVain } from "./config-failure";
import { type ConfigValue, type HostEntry } from "./config-entry";
import { isOwnMachine, type PatternReading } from "./next-pattern";

/** How the entries of a key are understood. */
export interface EntryRules {
  readonly file: string;
  readonly key: string;
  readonly kind: EnvironmentKind;
  /** What Next.js, or a package of it, means by an entry. */
  readonly meaning: (entry: HostEntry) => PatternReading;
  /** Whether one list serves every environment: outside development, a developer's own machine in it is no mistake. */
  readonly isShared: boolean;
}

/** The addresses of a key as the syntax tree shows it: what is computed is a finding. */
export function readWritten(values: readonly ConfigValue[], rules: EntryRules): SourceReading {
  return combine(
    values.map((value) => {
      const place = { file: rules.file, line: value.line, key: rules.key };
      return value.kind === "literal"
        ? readEntry(value, place, rules)
        : { addresses: [], findings: [computed(value, place)] };
    }),
  );
}

/** The addresses of a key as they were computed. What the syntax tree shows as well keeps its line. */
export function readEvaluated(
  found: readonly EvaluatedEntry[] | string,
  { values, missing, environment }: EvaluatedKey,
  rules: EntryRules,
): SourceReading {
  const { file, key } = rules;
  const line = values.find(({ kind }) => kind === "computed")?.line ?? values[0]?.line;
  const place: Place = { file, ...(line === undefined ? {} : { line }), key, computed: true };
  const variables = values.flatMap((value) => (value.kind === "computed" ? (value.variable ?? []) : []));
  const relevant = missing.filter((name) => variables.includes(name));
  const vain = inVain(relevant.length === 0 ? missing : relevant, environment);
  const unusable = (what: string, wanted: string): SourceReading => {
    const message = `"${key}" holds ${what} instead of ${wanted}${vain}`;
    const remedy = "let it hold hosts alone, or write them out as literals";
    return {
      addresses: [],
      findings: [{ rule: "unusable-value", severity: "error", value: key, place, message, remedy }],
    };
  };
  if (typeof found === "string") return unusable(found, "a list");
  const literals = values.filter((value) => value.kind === "literal");
  return combine(
    found.map((entry) => {
      if (entry.kind === "wrong") return unusable(entry.what, "a host");
      const at = literals.findIndex(({ text, http }) => text === entry.text && http === entry.http);
      const [literal] = at === -1 ? [] : literals.splice(at, 1);
      if (literal !== undefined) return readEntry(entry, { file, line: literal.line, key }, rules);
      // `shop.${process.env.DOMAIN}` of a variable that is not there.
      if (missing.length > 0 && /(?:^|\W)undefined(?:\W|$)/.test(entry.text))
        return unusable(`"${redact(entry.text)}"`, "a host");
      return readEntry(entry, place, rules);
    }),
  );
}

/** What else is known of a key that was evaluated. */
export interface EvaluatedKey {
  /** What the syntax tree shows of it. */
  readonly values: readonly ConfigValue[];
  /** The variables that the configuration looked for in vain. */
  readonly missing: readonly string[];
  readonly environment: ConfigEnvironment;
}

/** Several readings as one. */
export function combine(readings: readonly SourceReading[]): SourceReading {
  return {
    addresses: readings.flatMap(({ addresses }) => addresses),
    findings: readings.flatMap(({ findings }) => findings),
  };
}

function readEntry(entry: HostEntry, place: Place, { kind, meaning, isShared }: EntryRules): SourceReading {
  const { address, problem } = meaning(entry);
  if (address !== undefined && isShared && kind !== "development" && isOwnMachine(address)) return combine([]);
  const findings: Finding[] = [];
  const severity = address === undefined ? "error" : "warning";
  if (problem !== undefined)
    findings.push({ rule: "unsupported-pattern", severity, value: redact(entry.text), place, ...problem });
  const addresses: WrittenAddress[] = [];
  const parsed = address === undefined ? undefined : parseAddress(address);
  // What was computed may hold a user and a password: refused here, so that the value itself goes no further.
  if (place.computed === true && parsed?.ok === false && entry.text.includes("@")) {
    findings.push({ rule: "invalid-address", severity: "error", value: redact(entry.text), place, ...parsed.problem });
  } else if (address !== undefined) addresses.push({ value: address, place });
  return { addresses, findings };
}

function computed(
  { why, variable, severity }: Extract<ConfigValue, { kind: "computed" }>,
  place: Place & { readonly key: string },
): Finding {
  const { key } = place;
  const message = `"${key}" ${why}, and nothing of it is executed`;
  const instead = variable === undefined ? "" : `, or read the variable: envFile("…", "${variable}")`;
  const remedy = `write the addresses out as literals or in the list of addresses${instead}`;
  return { rule: "computed-value", severity, value: key, place, message, remedy };
}
