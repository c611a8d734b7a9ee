import { parseAddress } from "./address";
import { type AllowedDomain, type AllowList } from "./allow-list";
import { type Host, isIpAddress, isUnder } from "./host";
import { formatPlace } from "./place";
import { publicSuffixOf } from "./public-suffix";

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
      /** Absent where the value is no page address. */
      readonly host?: Host;
      /** The entry that comes closest; absent where none shares anything with the host. */
      readonly nearest?: AllowedDomain;
      /** One sentence without a final full stop; it begins with the host, or the value, in double quotes. */
      readonly message: string;
      /** What to do so that the page is admitted; it names the entry that would admit it. */
      readonly remedy: string;
    };

/** Explains what the list says of a page, given by its host or by any URL on it. */
export function explainHost(list: AllowList, hostOrUrl: string): Explanation {
  const parsed = parseAddress(hostOrUrl);
  if (!parsed.ok) return { admitted: false, ...parsed.problem };
  const { host, dropped } = parsed.address;
  if (list.allowAllDomains) {
    return { admitted: true, host, by: "everything", message: `"${host}" is admitted, like every page of the web` };
  }
  if (dropped.includes("the final dot")) return finalDot(host);
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

function refusal(list: AllowList, host: Host): Explanation {
  const nearest = nearestEntry(list, host);
  const later =
    list.late.length === 0 ? "" : `, unless it is one of the addresses known at apply: ${namesOf(list.late)}`;
  const remedy = `add "${host}" to the environment's addresses: only the entry "${host}" or one above it admits the page`;
  if (nearest === undefined) {
    const reason =
      list.entries.length > 0
        ? "no entry shares anything with it"
        : list.late.length > 0
          ? "no entry is known yet"
          : "the list is empty, which blocks every page";
    return { admitted: false, host, message: `"${host}" is not admitted: ${reason}${later}`, remedy };
  }
  const reason = isUnder(nearest.host, host)
    ? "an entry admits its subdomains, never the name above it"
    : "an entry admits itself and its subdomains, and this is neither";
  return {
    admitted: false,
    host,
    nearest,
    message: `"${host}" is not admitted: the nearest entry is "${nearest.host}" (${placesOf(nearest)}), and ${reason}${later}`,
    remedy,
  };
}

/** The browser keeps the dot in `location.hostname`, and then no entry equals it. */
function finalDot(host: Host): Explanation {
  return {
    admitted: false,
    host,
    message: `"${host}." is not admitted: with a final dot it is another host to the browser, and no entry can name it`,
    remedy: `open the page as "${host}"`,
  };
}

/** The entry that shares most labels at the end, more of them than the public suffix has. */
function nearestEntry(list: AllowList, host: Host): AllowedDomain | undefined {
  if (isIpAddress(host) || host === "localhost") {
    return list.entries.find((entry) => /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(entry.host));
  }
  const labels = host.split(".").reverse();
  let shared = publicSuffixOf(host)?.name.split(".").length ?? 0;
  let nearest: AllowedDomain | undefined;
  for (const entry of list.entries) {
    const other = entry.host.split(".").reverse();
    const different = labels.findIndex((label, index) => label !== other[index]);
    const common = different === -1 ? labels.length : different;
    if (common > shared) [shared, nearest] = [common, entry];
  }
  return nearest;
}

function namesOf(late: AllowList["late"]): string {
  return late.map(({ value, place }) => `${value} (${formatPlace(place)})`).join(", ");
}

function placesOf({ sources }: AllowedDomain): string {
  const [first, ...others] = sources.map(({ place }) => formatPlace(place));
  const place = first ?? "nothing";
  return others.length === 0 ? place : `${place} and ${others.length} more`;
}
