import { redact } from "../base/redact";
import { flag, instance, object, open, required, text } from "../base/shape";
import { checkGiven, checkText } from "../base/shape-check";
import { type DomainPolicy, policyShape } from "../genesys/host-check";
import { type AllowListDifference, compareWithLive } from "./difference";
import { explainHost, type Explanation } from "./explanation";
import { comparePlaces, compareText, isWritten, type WrittenAddress, writtenShape } from "./finding";
import { type Host, withParents } from "./hostname";
import { type AllowedDomain, type ListedDomains } from "./listed-domains";

/** What an allow-list is made of beside its entries. */
export interface AllowListOptions {
  /** @default false */
  readonly allowAllDomains?: boolean;
  /** The addresses that only Terraform knows. @default none */
  readonly late?: readonly WrittenAddress[];
}

/** The allowed domains of one environment: sorted by code unit, each once. */
export class AllowList implements ListedDomains {
  readonly entries: readonly AllowedDomain[];
  /** The hosts of the entries, in the order that Genesys is sent. */
  readonly domains: readonly Host[];
  /** Whether every page of the web is admitted; Genesys is then sent no entries. */
  readonly allowAllDomains: boolean;
  /**
   * What the addresses are called that only Terraform knows, sorted by place: their hosts join the entries when it runs. Where
   * there are any, the list is not complete.
   */
  readonly late: readonly WrittenAddress[];

  readonly #byHost: ReadonlyMap<string, AllowedDomain>;

  /**
   * Order and repetition of the entries mean nothing: entries of the same host become one with the sources of all.
   *
   * @throws when an entry or an option is of the wrong form; all such mistakes at once
   */
  constructor(entries: Iterable<AllowedDomain>, options: AllowListOptions = {}) {
    checkGiven("new AllowList", [
      ["entries", iterable, entries],
      ["options", optionsShape, options],
    ]);
    this.entries = merge(entries);
    this.domains = this.entries.map(({ host }) => host);
    this.#byHost = new Map(this.entries.map((entry) => [entry.host, entry]));
    this.allowAllDomains = options.allowAllDomains ?? false;
    this.late = distinct((options.late ?? []).map(({ value, place }) => ({ value, place })));
  }

  /** What Genesys is told: no entries where everything is allowed. */
  get policy(): DomainPolicy {
    return { allowAllDomains: this.allowAllDomains, allowedDomains: this.allowAllDomains ? [] : this.domains };
  }

  /**
   * Whether the Messenger shows on a page whose `location.hostname` is this: decided as its loader decides it, so only the
   * host itself or a name above it will do.
   */
  admits(hostname: string): boolean {
    checkText("admits", "hostname", hostname);
    return this.allowAllDomains || this.entryFor(hostname) !== undefined;
  }

  /** The entry that admits a page of that `location.hostname`, the host's own before one of a name above it. */
  entryFor(hostname: string): AllowedDomain | undefined {
    checkText("entryFor", "hostname", hostname);
    for (const name of withParents(hostname.toLowerCase())) {
      const entry = this.#byHost.get(name);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }

  /** Why a page is admitted and who wrote the entry that admits it; or why it is not, and which entry would. */
  explain(hostOrUrl: string): Explanation {
    checkText("explain", "hostOrUrl", hostOrUrl);
    return explainHost(this, hostOrUrl);
  }

  /** How what Genesys serves differs from this list, and what each difference means for a visitor. */
  diff(live: DomainPolicy): AllowListDifference {
    checkGiven("diff", [["live", policyShape, live]]);
    return compareWithLive(this, live);
  }
}

const iterable = instance<Iterable<AllowedDomain>>(
  "a list of entries",
  (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
);

const optionsShape = object<AllowListOptions>({ allowAllDomains: flag, late: writtenShape });

export const entryShape = open(
  object<{ readonly host: string; readonly sources: readonly WrittenAddress[] }>({
    host: required(text),
    sources: required(writtenShape),
  }),
);

/** What {@link entryShape} says, by hand: lists of thousands are common. */
export function isEntry(entry: unknown): boolean {
  if (typeof entry !== "object" || entry === null || !("host" in entry) || !("sources" in entry)) return false;
  return typeof entry.host === "string" && Array.isArray(entry.sources) && entry.sources.every(isWritten);
}

function merge(entries: Iterable<AllowedDomain>): AllowedDomain[] {
  const sourcesOf = new Map<Host, WrittenAddress[]>();
  for (const entry of entries) {
    if (!isEntry(entry)) checkGiven("new AllowList", [["entry", entryShape, entry]]);
    const { host, sources } = entry;
    const known = sourcesOf.get(host);
    if (known === undefined) sourcesOf.set(host, sources.map(presentable));
    else known.push(...sources.map(presentable));
  }
  return Array.from(sourcesOf, ([host, sources]) => ({ host, sources: distinct(sources) })).sort((one, other) =>
    compareText(one.host, other.host),
  );
}

function presentable(source: WrittenAddress): WrittenAddress {
  const value = redact(source.value);
  return value === source.value ? source : { ...source, value };
}

/** The same value in the same place is one source, however often it was read. */
export function distinct(written: readonly WrittenAddress[]): WrittenAddress[] {
  if (written.length === 1) return [...written];
  const sorted = [...written].sort(comparePlaces);
  return sorted.filter((source, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || comparePlaces(previous, source) !== 0;
  });
}
