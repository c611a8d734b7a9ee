import { parse } from "tldts";
import { withParents } from "./host";
import { sharedParents, type SharedParent } from "./shared-parents";

/** A name under which anybody can have a host of their own. */
export interface PublicSuffix {
  readonly name: string;
  /** `registry`: names under it are registered, like `co.uk`; `platform`: names under it are customers', like `vercel.app`. */
  readonly of: "registry" | "platform";
}

/** The host was parsed before, so tldts need not look for it, check it or tell whether it is an address. */
const hostOnly = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
  mixedInputs: false,
};

/**
 * Private suffixes of the Public Suffix List under which names are sold as a registry sells them: a host there is a domain
 * of one's own, not a guest on a platform.
 */
const soldLikeDomains: ReadonlySet<string> = new Set(
  (
    "ae.org br.com cn.com co.com co.nl co.no com.de com.se de.com eu.com eu.org gb.com gb.net gr.com hu.com hu.net in.net " +
    "jp.net jpn.com kr.com mex.com no.com nz.basketball pp.ua qc.com radio.am radio.fm ru.com sa.com se.net uk.com uk.net " +
    "us.com us.org uy.com za.bz za.com"
  ).split(" "),
);

const sharedByName: ReadonlyMap<string, SharedParent> = new Map(sharedParents.map((shared) => [shared.name, shared]));

/**
 * The suffix that the host lies under or is itself; undefined for a name that no public registry or platform has, such as
 * `localhost`. The host must be a name, not an IP address.
 */
export function publicSuffixOf(host: string): PublicSuffix | undefined {
  if (last.host !== host) last = { host, suffix: lookUp(host) };
  return last.suffix;
}

/** Two rules ask for each host in turn, and looking it up is most of what judging an address costs. */
let last: { readonly host?: string; readonly suffix: PublicSuffix | undefined } = { suffix: undefined };

function lookUp(host: string): PublicSuffix | undefined {
  const shared = sharedSuffixOf(host);
  const { publicSuffix, isIcann, isPrivate } = parse(host, hostOnly);
  const listed = publicSuffix !== null && (isIcann === true || isPrivate === true) ? publicSuffix : undefined;
  if (shared !== undefined && shared.length > (listed?.length ?? 0)) return { name: shared, of: "platform" };
  if (listed === undefined) return undefined;
  return { name: listed, of: isPrivate === true && !soldLikeDomains.has(listed) ? "platform" : "registry" };
}

/** The longest name in the own list that the host lies under or is. */
function sharedSuffixOf(host: string): string | undefined {
  for (const parent of withParents(host)) {
    const shared = sharedByName.get(parent);
    if (shared === undefined) continue;
    const left = host.length === parent.length ? "" : host.slice(0, -parent.length - 1);
    for (const below of withParents(left)) if (shared.below?.test(below) === true) return `${below}.${parent}`;
    return parent;
  }
  return undefined;
}
