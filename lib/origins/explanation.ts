import { editDistance } from "../base/edit-distance";
import { printable } from "../base/printable";
import { type Address, parseAddress } from "./address";
import { formatPlace, type WrittenAddress } from "./finding";
import { type Host, isIpAddress, isUnder } from "./hostname";
import { type AllowedDomain, type ListedDomains } from "./listed-domains";
import { publicSuffixOf } from "./public-suffix";

/** The entry that comes closest to a host that no entry admits. */
export interface NearestEntry {
  readonly entry: AllowedDomain;
  /**
   * - `www`: the entry is the host with `www.` in front
   * - `typo`: one or two characters differ in one label
   * - `local`: both are the visitor's own machine, by two names
   * - `above`: the host is a name above the entry
   * - `sibling`: both lie under the same registrable name
   */
  readonly relation: "www" | "typo" | "local" | "above" | "sibling";
  /** The name above both of them: an entry of it would admit both, and all else under it. Only with `sibling`. */
  readonly parent?: Host;
}

/** The nearest entry; undefined where none shares anything with the host but what strangers share with it, too. */
function nearestEntry(entries: readonly AllowedDomain[], host: Host): NearestEntry | undefined {
  if (isIpAddress(host) || host === "localhost") {
    const entry = entries.find((one) => /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(one.host));
    return entry && { entry, relation: "local" };
  }
  const withWww = entries.find((entry) => entry.host === `www.${host}`);
  if (withWww !== undefined) return { entry: withWww, relation: "www" };
  return mistyped(entries, host) ?? relative(entries, host);
}

function mistyped(entries: readonly AllowedDomain[], host: Host): NearestEntry | undefined {
  let nearest: AllowedDomain | undefined;
  let least = Infinity;
  for (const entry of entries) {
    const slips = slipsBetween(host.split("."), entry.host.split("."));
    if (slips !== undefined && slips < least) [least, nearest] = [slips, entry];
  }
  return nearest && { entry: nearest, relation: "typo" };
}

/** How many characters differ, where that looks like a slip: in one label, long enough to be recognised, or in a dot. */
function slipsBetween(host: readonly string[], entry: readonly string[]): number | undefined {
  if (Math.abs(host.length - entry.length) === 1) {
    const [one, other] = [host.join("."), entry.join(".")];
    const isDot = one.replaceAll(".", "") === other.replaceAll(".", "");
    if (isDot) return editDistance(one, other, 1);
  }
  const tail = host.slice(-entry.length);
  if (tail.length < entry.length) return undefined;
  const [different, ...more] = tail.flatMap((label, index) => (label === entry[index] ? [] : index));
  if (different === undefined || more.length > 0) return undefined;
  const [one = "", other = ""] = [tail[different], entry[different]];
  // shop-1 and shop-2 are two hosts, and so are the languages de and fr.
  if (one.replace(/\d/g, "") === other.replace(/\d/g, "")) return undefined;
  const longest = Math.max(one.length, other.length);
  return longest < 3 ? undefined : editDistance(one, other, longest < 5 ? 1 : 2);
}

/** The entry that shares most labels at the end, more of them than the public suffix has. */
function relative(entries: readonly AllowedDomain[], host: Host): NearestEntry | undefined {
  const labels = host.split(".");
  let shared = publicSuffixOf(host)?.name.split(".").length ?? 1;
  let nearest: AllowedDomain | undefined;
  for (const entry of entries) {
    const common = commonAtEnd(labels, entry.host.split("."));
    if (common > shared) [shared, nearest] = [common, entry];
  }
  if (nearest === undefined) return undefined;
  if (isUnder(nearest.host, host)) return { entry: nearest, relation: "above" };
  const parent = parseAddress(labels.slice(-shared).join("."));
  return { entry: nearest, relation: "sibling", ...(parent.ok && { parent: parent.address.host }) };
}

function commonAtEnd(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && one.at(-1 - count) === other.at(-1 - count)) count++;
  return count;
}

/** Whether a page is admitted, and why. */
export type Explanation =
  | {
      readonly admitted: true;
      readonly host: Host;
      /** `entry`: the host is listed; `parent`: a name above it is; `everything`: all domains are allowed. */
      readonly by: "entry" | "parent" | "everything";
      /** The entry that admits it; absent where everything is admitted. */
      readonly entry?: AllowedDomain;
      /** One sentence without a final full stop; it begins with the host in double quotes. */
      readonly message: string;
    }
  | {
      readonly admitted: false;
      /** Absent where the value is not a page address. */
      readonly host?: Host;
      /** The entry that comes closest; absent where none shares anything with the host. */
      readonly nearest?: AllowedDomain;
      /** How the host stands to that entry. Present with `nearest`. */
      readonly relation?: NearestEntry["relation"];
      /** A name above the host and the nearest entry: an entry of it would admit both, and all else under it. */
      readonly parent?: Host;
      /** The entry to add so that the page is admitted; absent where no entry could: the value is invalid, or ends in a dot. */
      readonly missing?: Host;
      /** The addresses known at apply, one of which may admit the page: where there are any, the answer is unknown before. */
      readonly late: readonly WrittenAddress[];
      /** One sentence without a final full stop; it begins with the host, or the value, in double quotes. */
      readonly message: string;
      /** What to do so that the page is admitted; it names the entry that would admit it. */
      readonly remedy: string;
    };

/** Explains what the list says of a page, given by its host or by any URL on it. */
export function explainHost(list: ListedDomains, hostOrUrl: string): Explanation {
  const parsed = parseAddress(hostOrUrl);
  if (!parsed.ok) return { admitted: false, late: [], ...parsed.problem };
  const { host } = parsed.address;
  if (list.allowAllDomains) {
    return {
      admitted: true,
      host,
      by: "everything",
      message: `"${host}" is admitted, because all domains are allowed`,
    };
  }
  if (keepsFinalDot(parsed.address)) return finalDot(host);
  const entry = list.entryFor(host);
  return entry === undefined ? refusal(list, host) : admission(host, entry);
}

function admission(host: Host, entry: AllowedDomain): Explanation {
  const source = `which ${placesOf(entry)} wrote`;
  return entry.host === host
    ? { admitted: true, host, by: "entry", entry, message: `"${host}" is admitted by its own entry, ${source}` }
    : {
        admitted: true,
        host,
        by: "parent",
        entry,
        message: `"${host}" is admitted by the entry "${entry.host}", ${source}: an entry admits every subdomain`,
      };
}

function refusal({ entries, late }: ListedDomains, host: Host): Explanation {
  const near = nearestEntry(entries, host);
  const unless = late.length === 0 ? "" : `, unless it is one of the addresses known at apply: ${namesOf(late)}`;
  const remedy = `add "${host}" to the environment's addresses: only the entry "${host}" or one above it admits the page`;
  const refused = { admitted: false, host, missing: host, late, remedy } as const;
  if (near === undefined) {
    const reason =
      entries.length > 0
        ? "no entry is similar to it"
        : late.length > 0
          ? "no entry is known yet"
          : "the list is empty, which blocks every page";
    return { ...refused, message: `"${host}" is not admitted: ${reason}${unless}` };
  }
  const { entry: nearest, relation, parent } = near;
  const where = `the nearest entry is "${nearest.host}" (${placesOf(nearest)})`;
  return {
    ...refused,
    nearest,
    relation,
    ...(parent !== undefined && { parent }),
    message: `"${host}" is not admitted: ${where}, and ${reasons[relation]}${unless}`,
  };
}

const reasons: Readonly<Record<NearestEntry["relation"], string>> = {
  www: "an entry admits its subdomains, but not its parent domain: the www. is missing",
  typo: "it is spelled differently",
  local: "to a browser they are different hosts",
  above: "an entry admits its subdomains, but not its parent domain",
  sibling: "an entry admits only its own host and its subdomains",
};

/** Whether `location.hostname` ends in the dot that was written: a browser drops that of an IP address. */
export function keepsFinalDot({ host, dropped }: Address): boolean {
  return dropped.includes("the final dot") && !isIpAddress(host);
}

/** The browser keeps the dot in `location.hostname`, and then no entry equals it. */
function finalDot(host: Host): Explanation {
  return {
    admitted: false,
    host,
    late: [],
    message: `"${host}." is not admitted: with a trailing dot it is a different host to the browser, and no entry can match it`,
    remedy: `open the page as "${host}"`,
  };
}

function namesOf(late: ListedDomains["late"]): string {
  return late.map(({ value, place }) => `${printable(value)} (${formatPlace(place)})`).join(", ");
}

function placesOf({ sources }: AllowedDomain): string {
  const [first, ...others] = sources.map(({ place }) => formatPlace(place));
  const place = first ?? "nothing";
  return others.length === 0 ? place : `${place} and ${others.length} more`;
}
