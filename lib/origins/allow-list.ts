import { type DomainPolicy } from "../genesys/host-check";
import { type Host } from "./host";
import { type WrittenAddress } from "./place";
import { type AllowListDifference } from "./difference";
import { type Explanation } from "./explanation";

/** One entry of the allow-list: a host, which admits itself and every subdomain, and who asked for it. */
export interface AllowedDomain {
  readonly host: Host;
  /** Every place that wrote an address of this host, sorted by place; at least one. */
  readonly sources: readonly WrittenAddress[];
}

/** The allowed domains of one environment: sorted by code unit, each once. */
export class AllowList {
  readonly entries: readonly AllowedDomain[] = [];
  /** The hosts of the entries, in the order that Genesys is sent. */
  readonly domains: readonly Host[] = [];
  /** Whether every page of the web is admitted; Genesys is then sent no entries. */
  readonly allowAllDomains: boolean = false;

  /** What Genesys is told: no entries where everything is allowed. */
  get policy(): DomainPolicy {
    throw new Error("not yet");
  }
  /** Whether the Messenger shows on a page whose `location.hostname` is this. */
  admits(hostname: string): boolean {
    throw new Error(`not yet ${hostname}`);
  }
  /** Why a page is admitted, or why not and what would admit it. */
  explain(hostOrUrl: string): Explanation {
    throw new Error(`not yet ${hostOrUrl}`);
  }
  /** How what Genesys serves differs from this list, and what each difference means for a visitor. */
  diff(live: DomainPolicy): AllowListDifference {
    throw new Error(`not yet ${String(live.allowAllDomains)}`);
  }
}
