import { type DomainPolicy } from "../genesys/host-check";
import { parseAddress } from "./address";
import { type Host, isIpAddress, withParents } from "./hostname";
import { type ListedDomains } from "./listed-domains";
import { publicSuffixOf } from "./public-suffix";
import { redact } from "../base/redact";

/** One way in which what Genesys serves differs from the allow-list. */
export interface Difference {
  /**
   * - `everything-allowed`: Genesys admits every page of the web
   * - `everything-blocked`: Genesys serves an empty list, which blocks every page
   * - `restricted`: everything should be allowed, and Genesys serves a list
   * - `missing`: a host of the list has no entry in what Genesys serves
   * - `unexpected`: an entry that the list does not have
   * - `malformed`: an entry that can never match a page (a scheme, a port, `*.`, …)
   * - `spelling`, `repeated`, `order`: no visitor notices, but Terraform reports a change
   */
  readonly kind:
    | "everything-allowed"
    | "everything-blocked"
    | "restricted"
    | "missing"
    | "unexpected"
    | "malformed"
    | "spelling"
    | "repeated"
    | "order";
  /** The host or live entry that it is about; absent where it is about the list as a whole. */
  readonly entry?: string;
  /** What it is and what it means for a visitor, in one sentence without a final full stop. */
  readonly message: string;
}

/** The comparison of an allow-list with what Genesys serves. */
export interface AllowListDifference {
  /** Whether Genesys serves exactly the list: the same entries in the same order. */
  readonly equal: boolean;
  /** Hosts of the list that Genesys serves no entry for. Another live entry may still admit them: see `blocked`. */
  readonly missing: readonly Host[];
  /** Live entries that the list does not have, as Genesys spells them, malformed ones included. */
  readonly unexpected: readonly string[];
  /** Hosts of the list whose pages Genesys blocks. */
  readonly blocked: readonly Host[];
  /** Every difference in words, the worst for visitors first. Empty when equal. */
  readonly differences: readonly Difference[];
}

/** Compares what should be allowed with what Genesys serves. */
export function compareWithLive(list: ListedDomains, live: DomainPolicy): AllowListDifference {
  const flags = compareFlags(list, live);
  if (list.allowAllDomains || live.allowAllDomains) {
    return { equal: flags.length === 0, missing: [], unexpected: [], blocked: [], differences: flags };
  }
  const { allowedDomains } = live;
  const listed = new Set<string>(list.domains);
  const served = new Set(allowedDomains.map((entry) => entry.toLowerCase()));
  const missing = list.domains.filter((host) => !served.has(host));
  const admitting = firstAdmitting(allowedDomains);
  const stillAdmitting = new Map(missing.map((host) => [host, admitting(host)]));
  const blocked = missing.filter((host) => stillAdmitting.get(host) === undefined);
  const unexpected = [...new Set(allowedDomains)].filter((entry) => !listed.has(entry.toLowerCase()));
  const differences = [
    ...flags,
    ...(flags.length === 0 ? blocked.map(blockedHost) : []),
    ...unexpected.map((entry) => unexpectedEntry(list, entry)),
    ...missing.flatMap((host) => coveredHost(host, stillAdmitting.get(host))),
    ...respelled(allowedDomains, listed),
    ...repeated(allowedDomains),
  ];
  if (differences.length === 0) differences.push(...reordered(list, allowedDomains));
  return { equal: differences.length === 0, missing, unexpected, blocked, differences };
}

/** Tells the first entry that admits a host, without trying every entry: only a name above the host can. */
function firstAdmitting(entries: readonly string[]): (host: Host) => string | undefined {
  const places = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const name = entry.toLowerCase();
    if (!places.has(name)) places.set(name, index);
  }
  return (host) => {
    const found = Array.from(withParents(host), (name) => places.get(name) ?? Infinity);
    return entries[Math.min(...found)];
  };
}

function compareFlags(list: ListedDomains, live: DomainPolicy): Difference[] {
  if (list.allowAllDomains && live.allowAllDomains) return [];
  if (live.allowAllDomains) {
    return [{ kind: "everything-allowed", message: "all domains are allowed: any website can show the Messenger" }];
  }
  if (live.allowedDomains.length === 0 && (list.allowAllDomains || list.domains.length + list.late.length > 0)) {
    const pages =
      list.allowAllDomains || list.domains.length === 0
        ? "every page"
        : `every page, ${enumerate(list.domains)} among them`;
    return [
      {
        kind: "everything-blocked",
        message: `the list is empty: the Messenger is blocked on ${pages}, and the pages show no error`,
      },
    ];
  }
  if (!list.allowAllDomains) return [];
  const only = enumerate(live.allowedDomains.map(redact));
  return [
    { kind: "restricted", message: `not all domains are allowed: the Messenger is only shown on pages of ${only}` },
  ];
}

function blockedHost(host: Host): Difference {
  return {
    kind: "missing",
    entry: host,
    message: `"${host}" is missing: pages there are now blocked: visitors see no Messenger, and the page shows no error`,
  };
}

function coveredHost(host: Host, by: string | undefined): Difference[] {
  if (by === undefined) return [];
  const message = `"${host}" is missing: a page there still shows the Messenger, because "${redact(by)}" admits it as a subdomain`;
  return [{ kind: "missing", entry: host, message }];
}

function unexpectedEntry(list: ListedDomains, entry: string): Difference {
  const parsed = parseAddress(entry.replace(/^(?=\.)/, "*"));
  const shown = redact(entry);
  if (!parsed.ok || parsed.address.host !== entry.toLowerCase()) {
    const meant = parsed.ok ? ` (a page of "${parsed.address.host}" needs the entry "${parsed.address.host}")` : "";
    const message = `"${shown}" can never match: an entry must be a bare host${meant}`;
    return { kind: "malformed", entry: shown, message };
  }
  return {
    kind: "unexpected",
    entry: shown,
    message: `"${shown}" is unexpected${unlessLate(list)}: ${gain(list, parsed.address.host)}`,
  };
}

/** What only Terraform knows may be what is live. */
function unlessLate({ late }: ListedDomains): string {
  return late.length === 0 ? "" : `, unless ${late.map(({ value }) => value).join(" or ")} stands for it`;
}

/** Which hosts an undeclared entry admits. */
function gain(list: ListedDomains, host: Host): string {
  const admitting = list.entryFor(host);
  if (admitting !== undefined) return `visitors see no difference, because "${admitting.host}" admits it anyway`;
  if (isIpAddress(host)) return "a page at that address can also show the Messenger";
  const suffix = publicSuffixOf(host);
  if (suffix?.name === host) return `every site under ${host}, no matter who runs it, can also show the Messenger`;
  return "a page there, or on a subdomain of it, can also show the Messenger";
}

/** The Messenger ignores case, Terraform does not. */
function respelled(served: readonly string[], listed: ReadonlySet<string>): Difference[] {
  return served
    .filter((entry) => !listed.has(entry) && listed.has(entry.toLowerCase()))
    .map((entry) => {
      const message = `"${entry}" contains capital letters: visitors see no difference, and Terraform writes it in lower case`;
      return { kind: "spelling", entry, message };
    });
}

function repeated(served: readonly string[]): Difference[] {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const entry of served) (seen.has(entry) ? again : seen).add(entry);
  return Array.from(again, redact).map((entry) => {
    const message = `"${entry}" is listed more than once: visitors see no difference, and Terraform writes it once`;
    return { kind: "repeated", entry, message };
  });
}

function reordered(list: ListedDomains, served: readonly string[]): Difference[] {
  if (served.every((entry, index) => entry === list.domains[index])) return [];
  const message =
    "the entries are in a different order: visitors see no difference, but Terraform counts it as a change";
  return [{ kind: "order", message }];
}

function enumerate(entries: readonly string[]): string {
  const shown = entries.slice(0, 3).map((entry) => `"${entry}"`);
  const more = entries.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
