import { type Rule } from "../rule";

/** What no browser could open as a page; `parseAddress` says what is wrong with it and what to write. */
export const invalidAddress: Rule = {
  id: "invalid-address",
  summary: "not an http(s) URL, host or host with a port",
  severity: { production: "error", staging: "error", preview: "error", development: "error" },
  acknowledgeable: false,
};
