import { type Finding } from "../../origins/finding";
import { type Place } from "../../origins/place";
import { type EnvFileText } from "../env/env-expansion";
import { mayHoldPageAddress, pageAddressVariables } from "./page-address-variables";

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
  /**
   * Where else the platform keeps variables: a clause to end with.
   * @default nowhere
   */
  readonly elsewhere?: string;
}

/** That a variable which was named is not there. */
export function missingVariable(home: VariableHome, name: string, there: Iterable<string>): Finding {
  const { place, shown, add } = home;
  const defined = new Set(there);
  const known = pageAddressVariables.filter((candidate) => defined.has(candidate));
  const instead = known.length === 0 ? "" : `, or name one that is there: ${known.join(", ")}`;
  return {
    rule: "missing-variable",
    severity: "error",
    value: name,
    place: { ...place, key: name },
    message: `"${name}" is not defined in ${shown}`,
    remedy: `${add(name)}${instead}${elsewhere(home)}`,
  };
}

/** More names than this help no reader. */
const mostNames = 8;

/** That none of the usual variables is there, with the names of those that look like one: never their values. */
export function noneKnown(home: VariableHome, there: Iterable<string>): Finding {
  const { place, shown, call } = home;
  const alike = [...there].filter(mayHoldPageAddress);
  const more = alike.length > mostNames ? ` and ${alike.length - mostNames} more` : "";
  const candidates = alike.length === 0 ? "" : `, such as one of these: ${alike.slice(0, mostNames).join(", ")}${more}`;
  return {
    rule: "missing-variable",
    severity: "error",
    value: "",
    place,
    message: `${shown} defines no variable that is known to hold a page address, such as NEXT_PUBLIC_SITE_URL`,
    remedy: `name the variable${candidates}: ${call}${elsewhere(home)}`,
  };
}

function elsewhere({ elsewhere: clause }: VariableHome): string {
  return clause === undefined ? "" : `; ${clause}`;
}
