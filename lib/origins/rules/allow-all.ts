import { type EnvironmentRule } from "../rule";

/** Whoever copies the snippet can show the Messenger on a page of theirs. */
export const allowAll: EnvironmentRule = {
  id: "allow-all",
  summary: "every site of the web may show the Messenger",
  severity: { production: "error", staging: "warning", preview: "warning", development: "warning" },
  acknowledgeable: true,
  breaks: ({ allowAllDomains }) => allowAllDomains,
  message: "all domains are allowed, so any site of the web can show the Messenger as its own",
  remedy: "leave out allowAllDomains and name the addresses of the pages",
};
