import { redact } from "../../base/redact";
import { type AddressProblem } from "../address-problem";
import { type Finding, type InvalidAddress, type Place } from "../finding";
import { type Rule } from "../rule";

/** What no browser could open as a page; `parseAddress` says what is wrong with it and what to write. */
export const invalidAddress: Rule = {
  id: "invalid-address",
  summary: "not an http(s) URL, host or host with a port",
  severity: { production: "error", staging: "error", preview: "error", development: "error" },
  acknowledgeable: false,
};

/** The finding of a value that `parseAddress` refuses. */
export function refusedAddress(value: string, place: Place | undefined, { message, remedy }: AddressProblem): Finding {
  const shown = redact(value.trim());
  return { rule: invalidAddress.id, severity: "error", value: shown, ...(place && { place }), message, remedy };
}

/** The finding of a value that its source refuses. */
export function refusedBySource({ value, place, problem, isSupposed = false }: InvalidAddress): Finding {
  return { ...refusedAddress(value, place, problem), severity: isSupposed ? "warning" : "error" };
}
