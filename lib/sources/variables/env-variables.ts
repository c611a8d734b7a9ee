import { parseAddress } from "../../origins/address";
import { type Finding, type Severity } from "../../origins/finding";
import { type WrittenAddress } from "../../origins/place";
import { redact } from "../../base/redact";
import { type SourceReading } from "../address-source";
import { type EnvComposition, type EnvFileText, type EnvVariable } from "../env/env-expansion";
import { presentableNames, referenceToNothing } from "./env-references";
import { pageAddressVariables } from "./page-address-variables";
import { missingVariable, noneKnown, type VariableHome } from "./variable-home";
import { isAmbiguous, splitValue, type VariableSelection } from "./variable-selection";

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
  if (variable.unreadable !== undefined) {
    const { rule, rest, remedy } = variable.unreadable;
    const finding = say(rule, context.isNamed ? "error" : "warning", name, rest, remedy);
    return { addresses: [], findings: [finding] };
  }
  const pieces = splitValue(value, context.separator);
  const isFilledIn = referred.size > 0;
  const badPieces = pieces.filter((piece) => !parseAddress(piece).ok);

  if (unknown.size > 0) {
    const isBroken = pieces.length === 0 || badPieces.length > 0;
    const { rest, remedy } = referenceToNothing(variable, context.files);
    const finding = say("undefined-reference", isBroken ? "error" : "warning", variable.text, rest, remedy);
    return {
      addresses: isBroken ? [] : pieces.map((piece) => ({ value: bareAddress(piece), place })),
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
      `takes the default of ${other} although ${other} is defined in the same file: so does Next.js`,
      `write $${other} without a default, or define ${other} in a file of higher priority`,
    ),
  );
  if (context.separator === undefined && isAmbiguous(value)) {
    const remedy = `write "https://" in front of each, or say what stands between them: { variables: "${name}", separator: "," }`;
    findings.push(say("several-addresses", "error", variable.text, "may be one address or several", remedy));
    return { addresses: [], findings };
  }
  if (isFilledIn && badPieces.length > 0) {
    // What was filled in may be a secret, so the value is shown as it is written.
    const others = presentableNames(referred, variable, context.files).join(", ");
    const rest = `is no page address once ${others} is filled in`;
    findings.push(say("invalid-address", "error", variable.text, rest, "write the address out, without references"));
    return { addresses: [], findings };
  }
  const addresses: WrittenAddress[] = [];
  for (const piece of pieces) {
    const parsed = parseAddress(piece);
    if (parsed.ok || !piece.includes("@")) addresses.push({ value: isFilledIn ? bareAddress(piece) : piece, place });
    // A user and a password: refused here, so that the value itself goes no further.
    else findings.push({ rule: "invalid-address", severity: "error", value: redact(piece), place, ...parsed.problem });
  }
  return { addresses, findings };
}

/** Scheme, host and port: what stands behind them may come from another variable. */
function bareAddress(address: string): string {
  return /^(?:https?:\/\/)?[^/\\?#]*/i.exec(address)?.[0] ?? address;
}
