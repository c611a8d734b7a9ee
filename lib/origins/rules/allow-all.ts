import { type EnvironmentRule } from "../rule";

/** Anyone who copies the snippet can show the Messenger on their own page. */
export const allowAll: EnvironmentRule = {
  id: "allow-all",
  summary: "any website can show the Messenger",
  severity: { production: "error", staging: "warning", preview: "warning", development: "warning" },
  acknowledgeable: true,
  breaks: ({ allowAllDomains }) => allowAllDomains,
  message: "all domains are allowed, so any website can show the Messenger",
  remedy: "remove allowAllDomains and list the addresses of the pages",
};
