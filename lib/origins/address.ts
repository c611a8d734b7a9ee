import { redact } from "../base/redact";
import { checkText } from "../base/shape-check";
import { type AddressProblem, goesOnAsAddress, whyNoAddress } from "./address-problem";
import { type WrittenAddress } from "./finding";
import { type Host, hostnameOf, isIpAddress } from "./hostname";
import { goesOnAsProgram, isProgramText, isUnsetWord } from "./unexpanded-text";

/** A page address that was understood: the host that counts, and what was written around it. */
export interface Address {
  readonly host: Host;
  /** The value as it was written; a query or fragment is masked. */
  readonly written: string;
  /** Whether it was written as `*.host`: "and its subdomains", which every entry of Genesys means anyway. */
  readonly wildcard: boolean;
  /** Absent where no scheme was written. */
  readonly scheme?: "http" | "https";
  /** Absent where no port was written. */
  readonly port?: number;
  /** What was written and means nothing to the allow-list, in words: `the port 8443`, `the path`. */
  readonly dropped: readonly string[];
}

/** What `parseAddress` answers. */
export type ParsedAddress =
  { readonly ok: true; readonly address: Address } | { readonly ok: false; readonly problem: AddressProblem };

/** Scheme, wildcard, host, port and the rest. Everything that it does not match is explained by `whyNoAddress`. */
const shape = /^(?:(https?):\/\/)?(\*\*?\.)?([^\\/?#@:*$[\]]+|\[[^\]]*\])(?::(\d*))?([\\/?#].*)?$/i;

/** White space, control characters, and the brackets of a placeholder: wrong anywhere in the value. */
const neverWritten = /[\s\p{Cc}<>]|[#$]\{|\{\{/u;

/** The values that need not be searched for those: printable ASCII without the brackets. */
const harmless = /^[!-;=?-z|}~]*$/;

/** The labels of a name. URLs may have more characters than any DNS name has. */
const name = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** The name of most pages, which stays as it is: no capitals, no punycode, no number at the end. */
const plainName = /^(?:(?!xn--)[a-z0-9-]+\.)*(?!xn--)[a-z][a-z0-9-]*$/;

/**
 * Understands a page address as a team writes it: an `http(s)` URL, a host, a host with a port; `*.host` means the host and its
 * subdomains. The host is what a browser would say in `location.hostname`, on every version of Node.js: IDN becomes punycode,
 * and `0x7f.1` becomes `127.0.0.1`. A final dot is dropped.
 *
 * Parsing is idempotent: the host of an address is an address of the same host.
 *
 * @example
 * ```ts
 * parseAddress("https://WWW.München.example.com:8443/shop");
 * // { ok: true, address: { host: "www.xn--mnchen-3ya.example.com", port: 8443, … } }
 * ```
 */
export function parseAddress(value: string): ParsedAddress {
  checkText("parseAddress", "value", value);
  const text = value.trim();
  const parts = !harmless.test(text) && neverWritten.test(text) ? null : shape.exec(text);
  if (parts === null) return refused(text);
  const prefix = parts[2];
  const written = parts[3] ?? "";
  const port = parts[4];
  const scheme = parts[1] === undefined ? undefined : parts[1].length === 4 ? "http" : "https";
  if (scheme === undefined && isSomethingElse(text, written, port)) return refused(text);
  if (Number(port) > 65535) return refused(text);
  if (isProgramText(written) || goesOnAsProgram(text, parts[5]) || goesOnAsAddress(parts[5])) return refused(text);
  const host = browserHostname(written);
  if (host === undefined || isNoHost(host) || (prefix !== undefined && isIpAddress(host))) return refused(text);
  const dropped = namesOfDropped(scheme, prefix, written, port, parts[5]);
  const address: Writable<Address> = {
    host,
    written: redact(text),
    wildcard: prefix !== undefined,
    dropped,
  };
  if (scheme !== undefined) address.scheme = scheme;
  if (port !== undefined && port !== "") address.port = Number(port);
  return { ok: true, address };
}

/** What addresses came to where they were read. */
const parsedWhenRead = new WeakMap<Pick<WrittenAddress, "value">, ParsedAddress>();

/** An address that was parsed where it was read: what it came to travels with it, so that nothing parses it again. */
export function alreadyParsed(written: WrittenAddress, parsed: ParsedAddress): WrittenAddress {
  parsedWhenRead.set(written, parsed);
  return written;
}

/** What an address comes to: as it was parsed where it was read, or parsed now. */
export function parsedAddress(written: Pick<WrittenAddress, "value">): ParsedAddress {
  return parsedWhenRead.get(written) ?? parseAddress(written.value);
}

/** An address that was written up to its port alone, of which the rest is left out: what stands behind may come from somewhere else, such as a secret. */
export function withoutPath(address: Address, written: string): Address {
  return {
    ...address,
    written: redact(written),
    dropped: address.dropped.filter((part) => !behindPort.includes(part)),
  };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What `location.hostname` says on a page of that host; undefined where no browser could open one. */
function browserHostname(written: string): Host | undefined {
  if (plainName.test(written)) return isHost(written) ? written : undefined;
  const hostname = hostnameOf(written);
  if (hostname === undefined) return undefined;
  return isHost(hostname) ? hostname : withoutFinalDot(hostname);
}

/** A page is hardly ever opened at `example.com.`, while a copied DNS record ends in a dot. */
function withoutFinalDot(hostname: string): Host | undefined {
  const relative = hostname.endsWith(".") ? hostname.slice(0, -1) : "";
  return isHost(relative) ? relative : undefined;
}

/** What a program prints for a value that is missing, and what is left of a mistyped scheme. */
function isNoHost(host: string): boolean {
  return host === "http" || host === "https" || isUnsetWord(host);
}

function isHost(hostname: string): hostname is Host {
  if (hostname.startsWith("[")) return true;
  return name.test(hostname) && (hostname.length < 64 || (hostname.length <= 253 && !/[^.]{64}/.test(hostname)));
}

/** Without a scheme, a lone number is a port, a colon without a port is left over, and a name may be that of a file. */
function isSomethingElse(text: string, host: string, port: string | undefined): boolean {
  return port === "" || /^\d+$/.test(host) || /[\\/]\.env(?:\.[\w.-]+)?$/.test(text);
}

/** What a browser takes for a dot, and behind it what it takes for nothing at all. */
const finalDot = /[.\u3002\uff0e\uff61][\u00ad\u200b\u2060\u2064\ufeff]*$/;

/** Whether a host that a browser can read ends in a dot, in whatever way that is written. */
function endsInDot(written: string): boolean {
  return finalDot.test(decodeURIComponent(written));
}

/** What {@link namesOfDropped} calls what stands behind the port. */
const behindPort: readonly string[] = ["the final slash", "the path", "the query", "the fragment"];

function namesOfDropped(
  scheme: string | undefined,
  prefix: string | undefined,
  host: string,
  port: string | undefined,
  rest: string | undefined,
): readonly string[] {
  const dropped: string[] = [];
  if (scheme !== undefined) dropped.push(`the scheme ${scheme}`);
  if (prefix !== undefined) dropped.push(`the wildcard ${prefix}`);
  if (endsInDot(host)) dropped.push("the final dot");
  if (port !== undefined && port !== "") dropped.push(`the port ${port}`);
  if (rest === undefined) return dropped;
  const query = rest.search(/[?#]/);
  const pathEnd = query === -1 ? rest.length : query;
  if (pathEnd > 0) dropped.push(pathEnd === 1 ? "the final slash" : "the path");
  if (rest[query] === "?") dropped.push("the query");
  if (rest.includes("#", query)) dropped.push("the fragment");
  return dropped;
}

function refused(text: string): ParsedAddress {
  return { ok: false, problem: whyNoAddress(text) };
}
