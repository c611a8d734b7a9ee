import { type LiteralValue } from "./config-values";

/** The page address that an entry of a Next.js configuration stands for, or why there is none. */
export type PatternHost =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: { readonly message: string; readonly remedy: string } };

/** What Next.js means by an entry of these keys, said as a page address. */
export function hostOfPattern(key: string, { text, http }: LiteralValue): PatternHost {
  const refuse = (rest: string, remedy: string): PatternHost => ({
    ok: false,
    problem: { message: `"${text}" ${rest}`, remedy },
  });
  if (key === "i18n.domains") {
    if (text.includes(":")) return refuse("has a scheme or a port, which Next.js refuses here", "write the host alone");
    return { ok: true, value: http ? `http://${text}` : text };
  }
  if (text.includes("://")) return refuse("has a scheme, so Next.js never matches it", "write the host alone");
  const [, wildcard = "", host = text] = /^(\*\*?\.)(.*)$/.exec(text) ?? [];
  if (/^\*+$/.test(text)) return refuse("matches no host in Next.js", "write the hosts out");
  if (host.includes("*")) {
    return refuse("has a wildcard inside, which an allowed domain cannot express", "write the hosts out");
  }
  return { ok: true, value: wildcard === "" ? text : `*.${host}` };
}
