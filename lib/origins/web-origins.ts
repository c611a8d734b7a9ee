import { type Address, parsedAddress } from "./address";
import { compareText, comparePlaces, type Finding, type WrittenAddress } from "./finding";
import { type ListedDomains } from "./listed-domains";
import { isLoopback } from "./rules/loopback";

/** A web origin that pages of an environment have, as a browser sends it in `Origin`. */
export interface WebOrigin {
  /** Scheme, host and port, such as `https://www.example.com` or `http://localhost:3000`; a default port is left out. */
  readonly origin: string;
  /** Every place that wrote an address of this origin, sorted by place; at least one. */
  readonly sources: readonly WrittenAddress[];
}

/** The web origins of an environment, for the lists that other services keep: CORS, allowed callbacks. */
export interface WebOrigins {
  /** Sorted, each once. */
  readonly entries: readonly WebOrigin[];
  /** The origins alone, in the same order. */
  readonly values: readonly string[];
  /** What an exact list of origins cannot contain, and is therefore left out: wildcards, addresses known at apply, all domains. */
  readonly findings: readonly Finding[];
}

/**
 * The origin of a page at an address: https where no scheme is written, but http for the visitor's own machine. An address with a
 * wildcard has none.
 */
export function webOrigin({ host, scheme, port, wildcard }: Address): string | undefined {
  if (wildcard) return undefined;
  const { protocol, defaultPort } =
    (scheme ?? (isLoopback(host) ? "http" : "https")) === "http"
      ? { protocol: "http", defaultPort: 80 }
      : { protocol: "https", defaultPort: 443 };
  return `${protocol}://${host}${port === undefined || port === defaultPort ? "" : `:${port}`}`;
}

/** The web origins of the addresses that an allow-list consists of. */
export function webOrigins({ entries, late, allowAllDomains }: ListedDomains): WebOrigins {
  const sourcesOf = new Map<string, WrittenAddress[]>();
  const findings: Finding[] = allowAllDomains ? [everyOrigin] : [];
  for (const { sources } of entries) {
    for (const source of sources) {
      const parsed = parsedAddress(source);
      if (!parsed.ok) continue;
      const origin = webOrigin(parsed.address);
      if (origin === undefined) findings.push(wildcardOrigin(parsed.address, source));
      else sourcesOf.set(origin, [...(sourcesOf.get(origin) ?? []), source]);
    }
  }
  findings.push(...late.map((source) => lateOrigin(source)));
  const found = Array.from(sourcesOf, ([origin, sources]) => ({ origin, sources: sources.sort(comparePlaces) })).sort(
    (one, other) => compareText(one.origin, other.origin),
  );
  return { entries: found, values: found.map(({ origin }) => origin), findings };
}

const rule = "exact-origin";

const everyOrigin: Finding = {
  rule,
  severity: "warning",
  value: "",
  message: "allowAllDomains admits every page, and a list of origins cannot",
  remedy: "list the addresses of the pages, or configure the other service without a list",
};

function wildcardOrigin({ host, written }: Address, { place }: WrittenAddress): Finding {
  return {
    rule,
    severity: "warning",
    value: written,
    place,
    message: `"${written}" is left out of the origins: a list of origins is exact, and this stands for every subdomain of ${host}`,
    remedy: `list the hosts of the pages, such as "www.${host}", or write the pattern in the other service's own form`,
  };
}

function lateOrigin({ value, place }: WrittenAddress): Finding {
  return {
    rule,
    severity: "warning",
    value,
    place,
    message: `"${value}" is left out of the origins: only Terraform knows its value, when it runs`,
    remedy: "add the same Terraform expression to the other service's list",
  };
}
