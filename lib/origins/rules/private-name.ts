import { isIpAddress, isUnder } from "../hostname";
import { type AddressRule } from "../rule";

/**
 * Names that public DNS never answers: RFC 2606 and 6761 (`test`, `example`, `invalid`, `localhost`), 6762 (`local`), 7686
 * (`onion`), 8375 (`home.arpa`), ICANN's `internal`, and what private networks commonly use in their place.
 */
export const privateNames: readonly string[] =
  "local internal test example invalid localhost onion home.arpa localdomain lan home corp intranet private".split(" ");

/** A name that resolves inside a private network only. */
export const privateName: AddressRule = {
  id: "private-name",
  summary: "one label, `.local`, `.internal`, `.test`, `.example`, `.invalid`, `.localhost`",
  severity: { production: "error", staging: "warning", preview: "warning", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["public-suffix", "loopback"],
  breaks: ({ host }) => !isIpAddress(host) && (!host.includes(".") || parentOf(host) !== undefined),
  message: ({ host, written }) =>
    host.includes(".")
      ? `"${written}" ends in .${parentOf(host) ?? host}, which exists only in private networks`
      : `"${written}" is a single-label name, which exists only in private networks`,
  remedy: () => "use the host that visitors open",
};

function parentOf(host: string): string | undefined {
  return privateNames.find((name) => isUnder(host, name));
}
