import { type Host } from "./hostname";
import { type WrittenAddress } from "./finding";

/** One entry of the allow-list: a host, which admits itself and every subdomain, and who asked for it. */
export interface AllowedDomain {
  readonly host: Host;
  /** Every place that wrote an address of this host, sorted by place; at least one. Secrets in the values are masked. */
  readonly sources: readonly WrittenAddress[];
}

/** An allow-list, as what compares and explains it sees it. */
export interface ListedDomains {
  readonly entries: readonly AllowedDomain[];
  readonly domains: readonly Host[];
  readonly allowAllDomains: boolean;
  readonly late: readonly WrittenAddress[];
  entryFor(hostname: string): AllowedDomain | undefined;
}
