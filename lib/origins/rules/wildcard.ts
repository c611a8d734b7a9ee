import { type AddressRule } from "../rule";

/** Every entry admits its subdomains, so the list does not change; the rule is about relying on it. */
export const wildcard: AddressRule = {
  id: "wildcard",
  summary: "`*.example.com`: admits every subdomain on purpose",
  severity: { production: "error", staging: "warning", preview: "none", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["public-suffix", "loopback"],
  breaks: ({ wildcard }) => wildcard,
  message: ({ host, written }) => `"${written}" admits every subdomain of ${host}, no matter who runs it`,
  remedy: ({ host }) => `list the hosts of the pages, such as "www.${host}"`,
};
