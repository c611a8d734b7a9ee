import { alreadyParsed, parseAddress } from "../../origins/address";
import { type EnvironmentKind } from "../../origins/rule";
import { type Finding, type Place } from "../../origins/finding";
import { holdsValue } from "../../origins/mask-values";
import { redact } from "../../base/redact";
import { type SourceReading } from "../address-source";
import { type EvaluatedEntry } from "./config-evaluation";
import { credentials } from "./config-failure";
import { type ConfigProgram } from "./config-literals";
import { type HostEntry, isOwnMachine, type PatternReading } from "./next-pattern";

/** How the entries of a key are understood. */
export interface EntryRules {
  readonly file: string;
  readonly key: string;
  readonly kind: EnvironmentKind;
  /** What Next.js, or a package of it, means by an entry. */
  readonly meaning: (entry: HostEntry) => PatternReading;
  /** Whether one list serves every environment: outside development, a developer's own machine in it is not a mistake. */
  readonly isShared: boolean;
  /** What only the text of the file tells: lines. Absent where it is not understood. */
  readonly program: ConfigProgram | undefined;
  /** Why a value may be of another form than the application's own code has it, as the end of a sentence. */
  readonly reason?: { readonly message: string; readonly remedy: string };
}

/** The addresses of a key as they were computed, or as they are written where nothing is. A host that is a literal has its line. */
export function readEntries(found: readonly EvaluatedEntry[] | string, rules: EntryRules): SourceReading {
  const { file, key, program, reason } = rules;
  const line = program?.lineOfKey(key);
  const place: Place = { file, ...(line !== undefined && { line }), key, computed: true };
  const unusable = (what: string, wanted: string): SourceReading => {
    const message = `"${key}" holds ${what} instead of ${wanted}${reason?.message ?? ""}`;
    const remedy = reason?.remedy ?? "let it hold hosts alone, or write them out as literals";
    return {
      addresses: [],
      findings: [{ rule: "unusable-value", severity: "error", value: key, place, message, remedy }],
    };
  };
  if (typeof found === "string") return unusable(found, "a list");
  if (isSpreadText(found)) return unusable("the single letters of a string", "hosts");
  return combine(
    found.map((entry) => {
      if (entry.kind === "wrong") return unusable(entry.what, "a host");
      const secret = credentials().find(({ value }) => holdsValue(entry.text, value));
      if (secret !== undefined) return unusable(`the value of ${secret.name}, a secret of this process,`, "a host");
      const literal = program?.lineOfText(entry.text, key);
      if (literal !== undefined) return readEntry(entry, { file, line: literal, key }, rules);
      // `shop.${process.env.DOMAIN}` of a variable that is not there.
      if (/(?:^|\W)undefined(?:\W|$)/.test(entry.text)) return unusable(`"${redact(entry.text)}"`, "a host");
      return readEntry(entry, place, rules);
    }),
  );
}

/** Fewer single characters may be hosts of a network that resolves them. */
const fewestLetters = 3;

/** Whether a text was taken for a list, or for a part of one: `["www.example.com", ...process.env.HOSTS]`. */
function isSpreadText(found: readonly EvaluatedEntry[]): boolean {
  let letters = 0;
  return found.some((entry) => {
    letters = entry.kind === "host" && /^.?$/su.test(entry.text) ? letters + 1 : 0;
    return letters >= fewestLetters;
  });
}

/** That hosts are computed from variables which t3-env has not transformed, where no other finding says so. */
export function skippedValidation(readings: readonly SourceReading[], file: string): SourceReading {
  const all = combine(readings);
  const isSaid = all.findings.some(({ message }) => message.includes(untransformed));
  if (isSaid || !all.addresses.some(({ place }) => place.computed === true)) return combine([]);
  const message = `"${file}" computes hosts${untransformed}`;
  return {
    addresses: [],
    findings: [
      {
        rule: "skipped-validation",
        severity: "warning",
        value: file,
        place: { file },
        message,
        remedy: remedyForSkipping,
      },
    ],
  };
}

/** Why a value may be of another form, as the end of a sentence, and what to do. */
export const untransformed = "; SKIP_ENV_VALIDATION is set, so that t3-env returns text that nothing has transformed";
export const remedyForSkipping =
  "leave out SKIP_ENV_VALIDATION, and set what the validation requires with { evaluate: { variables: … } }";

/** Several readings as one. */
export function combine(readings: readonly SourceReading[]): SourceReading {
  return {
    addresses: readings.flatMap(({ addresses }) => addresses),
    findings: readings.flatMap(({ findings }) => findings),
  };
}

function readEntry(entry: HostEntry, place: Place, { kind, meaning, isShared }: EntryRules): SourceReading {
  const { address, problem } = meaning(entry);
  const parsed = address === undefined ? undefined : parseAddress(address);
  if (parsed !== undefined && isShared && kind !== "development" && isOwnMachine(parsed)) return combine([]);
  const findings: Finding[] = [];
  const severity = address === undefined ? "error" : "warning";
  if (problem !== undefined)
    findings.push({ rule: "unsupported-pattern", severity, value: redact(entry.text), place, ...problem });
  if (address === undefined || parsed === undefined) return { addresses: [], findings };
  // What was computed may hold a user and a password: the value itself goes no further.
  if (!parsed.ok && place.computed === true && entry.text.includes("@"))
    return { addresses: [{ value: redact(entry.text), place, problem: parsed.problem }], findings };
  return { addresses: [alreadyParsed({ value: address, place }, parsed)], findings };
}
