import { redact } from "../base/redact";
import { hostnameOf, strangeCharacterIn } from "./hostname";
import { publicSuffixOf } from "./public-suffix";
import { isUnsetWord, type Mistake, unexpandedText } from "./unexpanded-text";

/** Why a value is not a page address, and what to write instead. */
export interface AddressProblem {
  /** Begins with the value in double quotes; secrets in it are masked. No final full stop. */
  readonly message: string;
  /** In the imperative, without a final full stop. */
  readonly remedy: string;
}

/** The value taken apart as far as it goes. */
interface Parts {
  readonly text: string;
  /** Such as `https`, in lower case; undefined without `://`. */
  readonly scheme: string | undefined;
  /** What stands between the scheme and the first slash, question mark or hash. */
  readonly authority: string;
  /** The authority without a wildcard in front and a port behind. */
  readonly host: string;
}

/** Looks for one mistake; the sentence follows the quoted value. */
type Diagnosis = (parts: Parts) => Mistake | undefined;

/** What is wrong with a value that `parseAddress` refuses: the first mistake, the most telling ones first. */
export function whyNoAddress(text: string): AddressProblem {
  const parts = takeApart(text);
  for (const diagnosis of diagnoses) {
    const found = diagnosis(parts);
    if (found !== undefined) return { message: `"${redact(text)}" ${found[0]}`, remedy: found[1] };
  }
  return { message: `"${redact(text)}" ${unopenable}`, remedy: anAddress };
}

const unopenable = "is not a valid host";

const anAddress = 'write the address of a page, such as "https://www.example.com"';

function takeApart(text: string): Parts {
  const [prefix = "", scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  const authority = /^[^\\/?#]*/.exec(text.slice(prefix.length))?.[0] ?? "";
  const host = authority.replace(/^(?:\*\*?)?\./, "").replace(/:[^:\]]*$/, "");
  return { text, scheme: scheme?.toLowerCase(), authority, host };
}

const empty: Diagnosis = ({ text }) =>
  text === "" ? ["is empty", `${anAddress}, or remove the empty value`] : undefined;

const unexpanded: Diagnosis = ({ text, authority }) => unexpandedText(text, authority);

/**
 * Whether a second address stands behind the path of the first: `https://a.example.com/|https://b.example.com/`. Only the first would
 * count, and nothing would say so. One that is a part of the path, or of the query, belongs to the page.
 */
export function goesOnAsAddress(rest: string | undefined): boolean {
  return rest !== undefined && /^[^?#]*[^\w/\\=%:.~@-]https?:\/\//i.test(rest);
}

const severalAddresses: Diagnosis = ({ text, scheme, authority }) =>
  /[,;|]/.test(authority) ||
  goesOnAsAddress(text.slice((scheme === undefined ? 0 : scheme.length + 3) + authority.length))
    ? ["looks like several addresses in one value", "write each address as a separate value"]
    : undefined;

const whiteSpace: Diagnosis = ({ text }) =>
  /[\s\p{Cc}]/u.test(text)
    ? ["contains white space or a control character", "remove it, or write several addresses as separate values"]
    : undefined;

const fileName: Diagnosis = ({ text, scheme }) => {
  if (scheme !== undefined) return undefined;
  if (/^[a-z]:[\\/]/i.test(text)) return ["is a file path", anAddress];
  return /(?:^|[\\/])\.env(?:\.[\w.-]+)?$/.test(text)
    ? ["is the name of an env file", `write envFile("${redact(text)}") to read the addresses in it`]
    : undefined;
};

const doubledScheme: Diagnosis = ({ scheme, authority }) =>
  scheme !== undefined && /^https?:?$/i.test(authority)
    ? ["has two schemes", 'remove one of them, so that it reads like "https://www.example.com"']
    : undefined;

const otherScheme: Diagnosis = ({ text, scheme }) => {
  const found = scheme ?? /^(?:about|blob|data|file|ftp|javascript|mailto|tel|urn|view-source|wss?):/i.exec(text)?.[0];
  if (found === undefined || found === "http" || found === "https") return undefined;
  return [
    `has the scheme ${found.toLowerCase().replace(":", "")}; the Messenger only runs on http and https pages`,
    anAddress,
  ];
};

const brokenScheme: Diagnosis = ({ text }) => {
  if (text.startsWith("//")) return ["has no scheme", 'prefix it with "https:", or write only the host'];
  return /^(?:https?:(?!\/\/)|https?\/|:\/\/)/i.test(text)
    ? ["has a mistyped scheme", 'write "https://" with a colon and two slashes']
    : undefined;
};

const credentials: Diagnosis = ({ authority, text }) =>
  authority.includes("@") || /^[^\\/]*@/.test(text)
    ? [
        "contains a user name or password",
        "remove everything up to the @: an allow-list is public, and only the host is used",
      ]
    : undefined;

const noHost: Diagnosis = ({ authority, host }) => {
  if (authority === "" || authority.startsWith(":"))
    return ["names no host", `${anAddress}; if a variable was used there, it was empty`];
  return isUnsetWord(host) ? [`looks like an unset variable`, "set the variable, or remove the address"] : undefined;
};

const pattern: Diagnosis = ({ authority, host }) => {
  if (/^\*+$/.test(authority)) return ["names no host", `${anAddress}; to allow every page, set allowAllDomains`];
  if (/^[*.]+$/.test(authority)) return ["names no host", `${anAddress}; if a variable was used there, set it`];
  return host.includes("*")
    ? ["contains a * that is not the whole first label", "write the host: its entry admits every subdomain"]
    : undefined;
};

const ipv6: Diagnosis = ({ authority }) =>
  /^[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*$/i.test(authority)
    ? ["is an IPv6 address without brackets", `write "[${authority}]"`]
    : undefined;

const wildcardOfAddress: Diagnosis = ({ authority, host }) =>
  /^[*.]/.test(authority) && /^\[|(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/i.test(host)
    ? ["is a wildcard for an IP address, which has no subdomains", `write "${host}"`]
    : undefined;

const port: Diagnosis = ({ authority, scheme }) => {
  const written = /^[^:]*:([^:]*)$/.exec(authority.replace(/^\[[^\]]*\]/, ""))?.[1];
  if (written === "" && scheme === undefined)
    return ["has a colon without a port", "remove the colon: ports are ignored"];
  if (written !== undefined && (!/^\d*$/.test(written) || Number(written) > 65535))
    return ["has a port that is not a number up to 65535", "remove it: an allow-list has no ports"];
  return undefined;
};

const lonePort: Diagnosis = ({ host, scheme }) =>
  scheme === undefined && /^\d+$/.test(host)
    ? [
        "is a number, not a host",
        Number(host) > 65535 ? anAddress : `write "localhost:${host}" if it is the port of a development server`,
      ]
    : undefined;

/** A browser takes these for a dot, too. */
const dots = /[\u3002\uff0e\uff61]|%2e/gi;

/** What an unset variable leaves behind: `https://${BRANCH}.example.com` without BRANCH must not admit all of example.com. */
const emptyLabel: Diagnosis = ({ authority }) => {
  const host = authority
    .replace(/:[^:\]]*$/, "")
    .replace(dots, ".")
    .replace(/^\*\*?\./, "");
  if (!host.startsWith(".") && !host.includes("..")) return undefined;
  const name = host.split(/\.{2,}|^\./).findLast((part) => part !== "") ?? "";
  const isOwn = name.includes(".") && publicSuffixOf(name.toLowerCase())?.name !== name.toLowerCase();
  const subdomains = `write "*.${redact(name)}" for every subdomain`;
  if (host.startsWith("."))
    return [
      "begins with a dot",
      `${isOwn ? `${subdomains}; ` : ""}if a variable was used in front of it, set the variable`,
    ];
  const remedy = "set the variable that was used there, or remove the extra dot";
  return ["has an empty label between two dots", isOwn ? `${remedy}; ${subdomains}` : remedy];
};

/** Punycode counts, so the lengths are the browser's; they are only measured where it can read the host at all. */
const tooLong: Diagnosis = ({ host }) => {
  const hostname = hostnameOf(host) ?? host;
  const label = hostname.split(".").find(({ length }) => length > 63);
  if (label !== undefined)
    return [`has a label of ${label.length} octets, but DNS allows at most 63`, "shorten the label"];
  const { length } = hostname.replace(/\.$/, "");
  return length > 253 ? [`is a name of ${length} octets, but DNS allows at most 253`, "shorten the name"] : undefined;
};

const character: Diagnosis = ({ host }) => {
  if (host.startsWith("[")) return undefined;
  const found = strangeCharacterIn(hostnameOf(host) ?? host);
  return found === undefined
    ? undefined
    : [`has a ${redact(found)} in its host, which is not allowed in a host name`, anAddress];
};

const punycode: Diagnosis = ({ host }) => {
  const label = host.split(".").find((each) => /^xn--/i.test(each) && hostnameOf(each) === undefined);
  if (label === undefined) return undefined;
  return [`${unopenable}: the label "${redact(label)}" is not valid punycode`, anAddress];
};

const diagnoses: readonly Diagnosis[] = [
  empty,
  fileName,
  unexpanded,
  doubledScheme,
  otherScheme,
  brokenScheme,
  credentials,
  severalAddresses,
  whiteSpace,
  ipv6,
  noHost,
  pattern,
  wildcardOfAddress,
  port,
  lonePort,
  emptyLabel,
  tooLong,
  character,
  punycode,
];
