import { type AllowList } from "../../lib/origins/allow-list";
import { derived } from "../origins/derived";

/** The allow-list of these hosts, as an environment derives it. */
export function listOf(...hosts: readonly string[]): AllowList {
  return derived(hosts, { kind: "development" }).allowList;
}

/** An allow-list that admits every page. */
export function everything(): AllowList {
  return derived([], { kind: "development", allowAllDomains: true }).allowList;
}
