import { type AddressRule } from "../rule";

/**
 * Anyone between the visitor and an unencrypted page can change it, Messenger included. The entry itself has no
 * scheme, so this looks at what was written.
 */
export const plainHttp: AddressRule = {
  id: "plain-http",
  summary: "`http://`: an unencrypted page",
  severity: { production: "error", staging: "warning", preview: "warning", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["public-suffix", "loopback"],
  breaks: ({ scheme }) => scheme === "http",
  message: ({ written }) => `"${written}" is an unencrypted page`,
  remedy: () => "serve it over https and write https://",
};
