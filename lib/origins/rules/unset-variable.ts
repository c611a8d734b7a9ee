import { isIpAddress } from "../hostname";
import { publicSuffixOf } from "../public-suffix";
import { type Address } from "../address";
import { type AddressRule } from "../rule";
import { unsetLabel } from "../unexpanded-text";

/**
 * What `https://pr-${NUMBER}.example.com` comes to without NUMBER: a host that a browser could open, and that no page has. What
 * no browser could open is an invalid address.
 */
export const unsetVariable: AddressRule = {
  id: "unset-variable",
  summary: "`pr-.example.com`, `undefined.example.com`: a variable in it had no value",
  severity: { production: "error", staging: "error", preview: "error", development: "error" },
  acknowledgeable: true,
  yieldsTo: [],
  breaks: (address) => traceOf(address) !== undefined,
  message: (address) => `"${address.written}" looks as if a variable in it had no value: ${traceOf(address) ?? ""}`,
  remedy: () => "set the variable, or acknowledge the rule if the host is really called that",
};

/** What an unset variable left behind. */
function traceOf({ host, written, dropped }: Address): string | undefined {
  const label = isIpAddress(host) ? undefined : unsetLabel(host);
  if (label !== undefined) return `"${label}" is a part of the host`;
  if (/^(?:\w+:\/\/)?(?:[^\\/?#]*[.-])?NaN(?!\w)/.test(written)) return '"NaN" is a part of the host';
  const isCutOff = dropped.includes("the final dot") && (isIpAddress(host) || publicSuffixOf(host) === undefined);
  return isCutOff ? "the host ends in a dot" : undefined;
}
