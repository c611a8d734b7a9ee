import { type Finding } from "../origins/finding";
import { type Place } from "../origins/place";
import { type EnvFileText } from "./env-expansion";
import { pageAddressVariables } from "./page-address-variables";

/** Where variables were looked for: what a finding about a variable that is not there says. */
export interface VariableHome {
  /** What defines variables there, the highest priority first. */
  readonly layers: readonly EnvFileText[];
  readonly place: Place;
  /** What it is called, such as `.env.production, .env`. */
  readonly shown: string;
  /** How a variable is added there, in the imperative. */
  readonly add: (name: string) => string;
  /** A call of the source that names a variable, for whoever named none. */
  readonly call: string;
}

/** That a variable which was named is not there. */
export function missingVariable({ place, shown, add }: VariableHome, name: string, there: Iterable<string>): Finding {
  const defined = new Set(there);
  const known = pageAddressVariables.filter((candidate) => defined.has(candidate));
  const instead = known.length === 0 ? "" : `, or name one that is there: ${known.join(", ")}`;
  return {
    rule: "missing-variable",
    severity: "error",
    value: name,
    place: { ...place, key: name },
    message: `"${name}" is not defined in ${shown}`,
    remedy: `${add(name)}${instead}`,
  };
}

/** That none of the usual variables is there. */
export function noneKnown({ place, shown, call }: VariableHome): Finding {
  return {
    rule: "missing-variable",
    severity: "error",
    value: "",
    place,
    message: `${shown} defines no variable that is known to hold a page address, such as NEXT_PUBLIC_SITE_URL`,
    remedy: `name the variable: ${call}`,
  };
}
