import { formatFinding, type Host, parseAddress, readableHost, redact } from "../../origins";
import { keepsFinalDot } from "../../origins/explanation";
import { UserError } from "../../base/errors";

/** The page that is asked about. */
export interface Page {
  /** As it was given; a query or fragment is masked. */
  readonly written: string;
  readonly host: Host;
  /** The host with its letters instead of punycode. */
  readonly name: string;
  /** What was given and means nothing to the allow-list, in words. */
  readonly dropped: readonly string[];
  /** Whether it was given with a final dot, which the browser keeps: no entry equals such a host. */
  readonly hasFinalDot: boolean;
  /** How an environment would name the page, the likeliest way first. */
  readonly addresses: readonly string[];
}

/** @throws UserError for what is no page address, in the words of the rule `invalid-address` */
export function readPage(value: string): Page {
  const parsed = parseAddress(value);
  if (!parsed.ok) {
    const refusal = {
      rule: "invalid-address",
      severity: "error",
      value: redact(value.trim()),
      ...parsed.problem,
    } as const;
    throw new UserError(formatFinding(refusal));
  }
  const { host, written, dropped, scheme, port } = parsed.address;
  const name = readableHost(host);
  const withPort = port === undefined ? name : `${name}:${port}`;
  const addresses = scheme === undefined ? [withPort] : [`${scheme}://${withPort}`];
  if (scheme === "http") addresses.push(`https://${name}`);
  const hasFinalDot = keepsFinalDot(parsed.address);
  return {
    written,
    host,
    name,
    dropped: hasFinalDot ? dropped.filter((part) => part !== "the final dot") : dropped,
    hasFinalDot,
    addresses,
  };
}
