import { type Fields, object, required, text, texts } from "../base/shape";
import { type ContentSecurityPolicy, type CspDirective, type CspDirectives, headerOf } from "./content-security-policy";
import { checkCall } from "./property-check";

/**
 * What the Messenger needs, and which of a page's directives decides it: the first that is there, and `default-src` as
 * the last resort (Content Security Policy Level 3, section 6.8.3). A new `child-src` is never made, because it would
 * also take the page's workers over from `script-src`; `frame-src` says the same of frames.
 */
const decides: readonly (readonly [CspDirective, readonly string[]])[] = [
  ["script-src", ["script-src-elem", "script-src"]],
  ["connect-src", ["connect-src"]],
  ["frame-src", ["frame-src", "child-src"]],
  ["img-src", ["img-src"]],
  ["media-src", ["media-src"]],
  ["object-src", ["object-src"]],
];

/**
 * A page's own Content-Security-Policy, widened by what the Messenger needs and by nothing else. A directive that the
 * page leaves to `default-src` starts from those sources, so that the page loses none of them; what the page does not
 * restrict at all stays unrestricted. Several policies, separated by commas, are widened each: all of them must admit.
 *
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * mergeContentSecurityPolicy("default-src 'self'; img-src *", messenger.contentSecurityPolicy);
 * // default-src 'self'; img-src *; script-src 'self' https://apps.mypurecloud.com; connect-src 'self' https://…
 * ```
 */
export function mergeContentSecurityPolicy(policy: string, needed: ContentSecurityPolicy): string {
  checkCall("mergeContentSecurityPolicy", [
    ["policy", text, policy],
    ["needed", neededShape, needed],
  ]);
  const { directives } = needed;
  return policy
    .split(",")
    .map((one) => widened(parse(one), directives))
    .map((one) => headerOf(Object.fromEntries(one)))
    .join(", ");
}

const directiveFields: Fields<CspDirectives> = {
  "script-src": texts,
  "connect-src": texts,
  "frame-src": texts,
  "child-src": texts,
  "img-src": texts,
  "media-src": texts,
  "object-src": texts,
};

const neededShape = object<ContentSecurityPolicy>({
  directives: required(object<CspDirectives>(directiveFields)),
  header: required(text),
});

type Directives = ReadonlyMap<string, readonly string[]>;

function widened(own: Directives, needed: CspDirectives): Directives {
  const result = new Map(own);
  for (const [directive, candidates] of decides) {
    const target = candidates.find((name) => own.has(name)) ?? directive;
    const before = own.get(target) ?? own.get("default-src");
    const sources = needed[directive];
    if (before === undefined || sources === undefined) continue;
    const admitted = before.filter((source) => source.toLowerCase() !== "'none'");
    result.set(target, [...new Set([...admitted, ...sources])]);
  }
  return result;
}

/** The directives of one policy by their lower-case names; of one that is repeated the first counts, as in a browser. */
function parse(policy: string): Directives {
  const directives = new Map<string, readonly string[]>();
  for (const part of policy.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name === undefined || name === "") continue;
    const directive = name.toLowerCase();
    if (!directives.has(directive)) directives.set(directive, sources);
  }
  return directives;
}
