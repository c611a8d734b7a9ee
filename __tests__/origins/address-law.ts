import { parseAddress } from "../../lib/origins/address";

const hostShape = /^(?:\[[0-9a-f:]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/;

/** Every law of a parsed host at once; cheap enough for a million values. */
export function brokenLaw(value: string): string | undefined {
  const parsed = parseAddress(value);
  if (!parsed.ok) {
    const { message, remedy } = parsed.problem;
    return message.startsWith('"') && remedy !== "" ? undefined : "a refusal quotes the value and has a remedy";
  }
  const { host } = parsed.address;
  if (!hostShape.test(host)) return "no upper case, scheme, port, slash, leading or trailing dot";
  if (host.length > 253) return "no name over 253 octets";
  const again = parseAddress(host);
  return again.ok && again.address.host === host ? undefined : "parsing is idempotent";
}
