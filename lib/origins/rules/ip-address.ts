import { isIpAddress } from "../hostname";
import { type AddressRule } from "../rule";

/** An address changes hands with the machine behind it, and has no certificate that visitors' browsers trust. */
export const ipAddress: AddressRule = {
  id: "ip-address",
  summary: "`203.0.113.7`, `[2001:db8::7]`: an address instead of a name",
  severity: { production: "error", staging: "error", preview: "error", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["loopback"],
  breaks: ({ host }) => isIpAddress(host),
  message: ({ host, written }) =>
    written.includes(host) ? `"${written}" is an IP address` : `"${written}" is the IP address ${host}`,
  remedy: () => "use the host name, or move it to the development environment",
};
