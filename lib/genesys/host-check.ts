import { checkGiven, checkText } from "../base/shape-check";
import { flag, object, open, required, text, texts } from "../base/shape";

/**
 * Whether one entry of a deployment's allowed domains admits a page, exactly as the Messenger's loader decides it: the
 * page's `location.hostname`, lower-cased, equals the entry or ends with `"." + entry` (entry lower-cased too).
 *
 * Nothing else is looked at, so an entry that carries a scheme, a port, a path, `*.` or a leading dot admits no page at
 * all, and an entry that is a parent domain admits every subdomain.
 *
 * Source: read in the published loader by third parties; Genesys does not document it (likely, not sure).
 *
 * @throws when an argument is not a string
 */
export function entryAdmits(entry: string, hostname: string): boolean {
  checkText("entryAdmits", "entry", entry);
  checkText("entryAdmits", "hostname", hostname);
  const allowed = entry.toLowerCase();
  const host = hostname.toLowerCase();
  return host === allowed || host.endsWith(`.${allowed}`);
}

/** The public file `domains.json` of a deployment, and the part of the API's deployment that it repeats. */
export interface DomainPolicy {
  readonly allowAllDomains: boolean;
  readonly allowedDomains: readonly string[];
}

/** What a list must be that Genesys serves; a whole deployment has more. */
export const policyShape = open(
  object<DomainPolicy>({ allowAllDomains: required(flag), allowedDomains: required(texts) }),
);

/**
 * The whole host check of the loader: everything is admitted, or one of the entries admits the host.
 *
 * @throws when an argument is of the wrong form; all such mistakes at once
 */
export function policyAdmits(policy: DomainPolicy, hostname: string): boolean {
  checkGiven("policyAdmits", [
    ["policy", policyShape, policy],
    ["hostname", text, hostname],
  ]);
  return policy.allowAllDomains || policy.allowedDomains.some((entry) => entryAdmits(entry, hostname));
}

/** Whether no page at all is admitted: an empty list admits no page, not every page. */
export function blocksEveryPage({ allowAllDomains, allowedDomains }: DomainPolicy): boolean {
  return !allowAllDomains && allowedDomains.length === 0;
}
