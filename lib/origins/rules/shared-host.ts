import { type Rule } from "../rule";

/** Judged by `sharedHosts`, which sees all environments at once. */
export const sharedHost: Rule = {
  id: "shared-host",
  summary: "the same host, or a parent of it, in another environment's list",
  severity: { production: "warning", staging: "warning", preview: "warning", development: "warning" },
  acknowledgeable: true,
};
