import { redact } from "../../base/redact";
import { alreadyParsed, withoutPath } from "../../origins/address";
import {
  type Finding,
  type InvalidAddress,
  type Place,
  type Severity,
  type WrittenAddress,
} from "../../origins/finding";
import { type SourceReading } from "../address-source";
import { type LinedTable, type LinedValue } from "../formats/lined-value";
import { type EnvComposition, type EnvFileText, type EnvVariable, noTrail } from "./env-expansion";
import {
  missingVariable,
  noneKnown,
  pageAddressVariables,
  type Piece,
  splitValue,
  type VariableHome,
  type VariableSelection,
} from "./variable-selection";

/**
 * The names that may be shown: those that the variable's own text or a definition spells. A "reference" inside another
 * variable's value may be no reference at all but a piece of a secret, such as the `def` of the password `abc$def`.
 */
function presentableNames(
  names: ReadonlySet<string>,
  { text }: EnvVariable,
  files: readonly EnvFileText[],
): readonly string[] {
  const own = new Set(Array.from(text.matchAll(/\$\{?(\w+)/g), ([, name]) => name));
  return [...names].filter((name) => own.has(name) || files.some(({ definitions }) => definitions.has(name)));
}

/** That a variable refers to what Next.js does not see, as the rest of a sentence, and what to do about it. */
function referenceToNothing(
  variable: EnvVariable,
  files: readonly EnvFileText[],
): { readonly rest: string; readonly remedy: string } {
  const where = `${whereUnknown(variable, files)}: it expands to an empty string`;
  const named = presentableNames(variable.trail.unknown, variable, files);
  if (named.length > 0) return { rest: `refers to ${named.join(", ")}, which ${where}`, remedy };
  const through = presentableNames(variable.trail.referred, variable, files).join(", ");
  return {
    rest: `refers through ${through} to a variable that ${where}`,
    remedy: `${remedy}; write a literal dollar sign as \\$`,
  };
}

const remedy =
  "write the value out, or define the variable in the same file; shell variables of one machine are not used";

function whereUnknown({ trail, file }: EnvVariable, files: readonly EnvFileText[]): string {
  const { unknown } = trail;
  const below = files.slice(files.findIndex((other) => other.file === file) + 1);
  const later = below.find(({ definitions }) => [...unknown].some((name) => definitions.has(name)));
  if (later !== undefined)
    return `only ${later.file} defines, and Next.js expands a file before it reads the files below it`;
  return `neither ${file} nor a file above it defines`;
}

/** The addresses in the variables in question; no other variable's value gets out. */
export function addressesOfVariables(
  { variables, dropped }: EnvComposition,
  home: VariableHome,
  { variables: named, separator }: VariableSelection,
): SourceReading {
  const names = named === undefined ? pageAddressVariables.filter((name) => variables.has(name)) : [...new Set(named)];
  // A variable is missing for a known reason where a whole file was dropped.
  const missing = (finding: Finding): SourceReading => ({
    addresses: [],
    findings: dropped.length > 0 ? [] : [finding],
  });
  if (names.length === 0) return missing(noneKnown(home, variables.keys()));
  const readings = names.map((name) => {
    const variable = variables.get(name);
    if (variable === undefined) return missing(missingVariable(home, name, variables.keys()));
    return readVariable(name, variable, { files: home.layers, separator, isNamed: named !== undefined });
  });
  return {
    addresses: readings.flatMap(({ addresses }) => addresses),
    findings: readings.flatMap(({ findings }) => findings),
  };
}

interface VariableContext {
  readonly files: readonly EnvFileText[];
  readonly separator: string | undefined;
  readonly isNamed: boolean;
}

function readVariable(name: string, variable: EnvVariable, context: VariableContext): SourceReading {
  const { value, file, line, trail } = variable;
  const { referred, unknown, overruled } = trail;
  const place = { file, line, key: name };
  const say = (rule: string, severity: Severity, about: string, rest: string, remedy: string): Finding => {
    const shown = redact(about);
    return { rule, severity, value: shown, place, message: `"${shown || name}" ${rest}`, remedy };
  };
  const invalid = (about: string, rest: string, remedy: string): InvalidAddress => {
    const shown = redact(about);
    return { value: shown, place, problem: { message: `"${shown || name}" ${rest}`, remedy } };
  };
  if (variable.unreadable !== undefined) {
    const { rule, rest, remedy } = variable.unreadable;
    if (rule !== undefined) {
      return { addresses: [], findings: [say(rule, context.isNamed ? "error" : "warning", name, rest, remedy)] };
    }
    return { addresses: [{ ...invalid(name, rest, remedy), isSupposed: !context.isNamed }], findings: [] };
  }
  const { pieces, isAmbiguous } = splitValue(value, context.separator);
  const isFilledIn = referred.size > 0;
  const isValid = pieces.every(({ parsed }) => parsed.ok);

  if (unknown.size > 0) {
    const isBroken = pieces.length === 0 || !isValid;
    const { rest, remedy } = referenceToNothing(variable, context.files);
    const finding = say("undefined-reference", isBroken ? "error" : "warning", variable.text, rest, remedy);
    return {
      addresses: isBroken ? [] : pieces.map((piece) => bareAddress(piece, place)),
      findings: [finding],
    };
  }
  if (pieces.length === 0) {
    const remedy = `write the page address, or leave ${name} out`;
    return {
      addresses: [],
      findings: [say("empty-value", context.isNamed ? "error" : "warning", "", "is empty", remedy)],
    };
  }
  const findings = [...overruled].map((other) =>
    say(
      "overruled-reference",
      "warning",
      variable.text,
      `uses the default of ${other} although ${other} is defined in the same file, as Next.js does`,
      `write $${other} without a default, or define ${other} in a file of higher priority`,
    ),
  );
  if (isAmbiguous) {
    const remedy = `write "https://" in front of each, or set the separator between them: { variables: "${name}", separator: "," }`;
    findings.push(say("several-addresses", "error", variable.text, "may be one address or several", remedy));
    return { addresses: [], findings };
  }
  if (isFilledIn && !isValid) {
    // What was filled in may be a secret, so the value is shown as it is written.
    const others = presentableNames(referred, variable, context.files).join(", ");
    const rest = `is not a page address once ${others} is filled in`;
    return { addresses: [invalid(variable.text, rest, "write the address out, without references")], findings };
  }
  const addresses = pieces.map((piece): WrittenAddress | InvalidAddress => {
    const { text, parsed } = piece;
    // A user and a password: the value itself goes no further.
    if (!parsed.ok && text.includes("@")) return { value: redact(text), place, problem: parsed.problem };
    return isFilledIn ? bareAddress(piece, place) : alreadyParsed({ value: text, place }, parsed);
  });
  return { addresses, findings };
}

/** Scheme, host and port: what stands behind them may come from another variable. */
function bareAddress({ text, parsed }: Piece, place: Place): WrittenAddress {
  const value = /^(?:https?:\/\/)?[^/\\?#]*/i.exec(text)?.[0] ?? text;
  if (!parsed.ok) return { value, place };
  return alreadyParsed({ value, place }, { ok: true, address: withoutPath(parsed.address, value) });
}

/** Variables as a platform's file defines them. */
export type VariableLayer = ReadonlyMap<string, EnvVariable>;

/** The addresses in the variables in question. The first layer that defines a variable counts. */
export function addressesInLayers(
  layers: readonly VariableLayer[],
  home: Omit<VariableHome, "layers">,
  selection: VariableSelection,
): SourceReading {
  const variables = new Map(layers.toReversed().flatMap((layer) => [...layer]));
  return addressesOfVariables({ variables, dropped: [] }, { ...home, layers: [] }, selection);
}

/** The variables of a table, whose values mean what they say: nothing in them is filled in. */
export function plainLayer(file: string, table: LinedTable | undefined): VariableLayer {
  const entries = [...(table?.entries ?? [])];
  return new Map(entries.map(([name, value]) => [name, plainVariable(file, value)]));
}

/** A variable with that value. */
export function plainVariable(file: string, value: LinedValue): EnvVariable {
  const text = "text" in value ? value.text : "";
  const variable = { text, value: text, file, line: value.line, trail: noTrail };
  if ("text" in value) return variable;
  const rest = `is a ${value.kind}, but a string is expected`;
  const remedy = "write one address, or several in one string with a separator";
  return { ...variable, unreadable: { rest, remedy } };
}
