import { parseAddress } from "./address";
import { type AllowedDomain } from "./listed-domains";
import { editDistance } from "../base/edit-distance";
import { type Host, isIpAddress, isUnder } from "./host";
import { publicSuffixOf } from "./public-suffix";

/** The entry that comes closest to a host that no entry admits. */
export interface NearestEntry {
  readonly entry: AllowedDomain;
  /**
   * - `www`: the entry is the host with `www.` in front
   * - `typo`: one or two characters differ in one label
   * - `local`: both are the visitor's own machine, by two names
   * - `above`: the host is a name above the entry
   * - `sibling`: both lie under the same name, which somebody owns
   */
  readonly relation: "www" | "typo" | "local" | "above" | "sibling";
  /** The name above both of them: an entry of it would admit both, and all else under it. Only with `sibling`. */
  readonly parent?: Host;
}

/** The nearest entry; undefined where none shares anything with the host but what strangers share with it, too. */
export function nearestEntry(entries: readonly AllowedDomain[], host: Host): NearestEntry | undefined {
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
