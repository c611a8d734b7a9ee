declare const parsed: unique symbol;

/**
 * The host of a page exactly as the browser's `location.hostname` says it: lower case, punycode, IPv6 in brackets; without
 * scheme, port or path. Only `parseAddress` makes one, so a `Host` is always fit to be an entry of the allow-list.
 */
export type Host = string & { readonly [parsed]: true };

/** Whether `host` is a subdomain of `parent`, at any depth. */
export function isUnder(host: string, parent: string): boolean {
  return host.endsWith(parent) && host[host.length - parent.length - 1] === ".";
}

/** The host and every name above it, the nearest first: `a.b.c`, `b.c`, `c`. */
export function* withParents(host: string): Generator<string> {
  for (let start = 0; start !== -1;) {
    yield host.slice(start);
    const dot = host.indexOf(".", start);
    start = dot === -1 ? -1 : dot + 1;
  }
}

/** Whether the host is an IP address rather than a name. The URL parser lets only IPv4 addresses end in a number. */
export function isIpAddress(host: string): boolean {
  return host.startsWith("[") || /(?:^|\.)\d+$/.test(host);
}
