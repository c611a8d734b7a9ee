import { type ParsedAddress } from "../../origins/address";
import { redact } from "../../base/redact";
import { loopback } from "../../origins/rules/loopback";

/** A host as a configuration names it. */
export interface HostEntry {
  readonly text: string;
  /** Whether the page is served over plain HTTP. */
  readonly http: boolean;
}

/** The page address that an entry of a Next.js configuration stands for, if any, and what is wrong with the entry. */
export interface PatternReading {
  readonly address?: string;
  readonly problem?: { readonly message: string; readonly remedy: string };
}

/** What Next.js means by an entry of `i18n.domains`. */
export function readDomain({ text, http }: HostEntry): PatternReading {
  if (!text.includes(":")) return { address: http ? `http://${text}` : text };
  return {
    problem: { message: `"${redact(text)}" has a scheme or a port, which Next.js refuses here`, remedy: hostAlone },
  };
}

/** What Next.js means by an entry of its two lists of origins. `*` there is one label, `**` one or more. */
export function readOrigin({ text }: HostEntry): PatternReading {
  if (/^\*+$/.test(text)) {
    return { problem: { message: `"${redact(text)}" matches no host in Next.js`, remedy: "write the hosts out" } };
  }
  if (text.includes("://")) {
    // Meant as a page of that host, all the same.
    const message = `"${redact(text)}" has a scheme, so Next.js never matches it`;
    return { address: text, problem: { message, remedy: hostAlone } };
  }
  const [, wildcard = "", host = text] = /^(\*\*?\.)(.*)$/.exec(text) ?? [];
  if (host.includes("*")) {
    const message = `"${redact(text)}" has a wildcard inside, which an allowed domain cannot express`;
    return { problem: { message, remedy: "write the hosts out" } };
  }
  return { address: wildcard === "" ? text : `*.${host}` };
}

/** What next-intl means by a domain of its routing: the host of the request, with its port. */
export function readRoutingDomain({ text }: HostEntry): PatternReading {
  if (text.includes("*")) {
    const message = `"${redact(text)}" matches no host in next-intl`;
    return { problem: { message, remedy: "write the hosts out" } };
  }
  if (!text.includes("://")) return { address: text };
  const message = `"${redact(text)}" has a scheme, so next-intl never matches it`;
  return { address: text, problem: { message, remedy: hostAlone } };
}

/** A variable of `env` holds the address of a page, as in an env file. */
export function readVariable({ text }: HostEntry): PatternReading {
  return { address: text };
}

/** Whether the address is the developer's own machine, which only `next dev` ever serves. */
export function isOwnMachine(parsed: ParsedAddress): boolean {
  return parsed.ok && loopback.breaks(parsed.address);
}

const hostAlone = "write the host alone";
