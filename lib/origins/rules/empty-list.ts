import { type EnvironmentRule } from "../rule";

/** Genesys takes an empty list for "nowhere", and the page gets no error. */
export const emptyList: EnvironmentRule = {
  id: "empty-list",
  summary: "no address: blocks every page",
  severity: { production: "error", staging: "error", preview: "error", development: "error" },
  acknowledgeable: false,
  breaks: ({ allowAllDomains, addresses }) => !allowAllDomains && addresses === 0,
  message: "the environment has no page address, and an empty list blocks the Messenger on every page without an error",
  remedy: "add the address of at least one page",
};
