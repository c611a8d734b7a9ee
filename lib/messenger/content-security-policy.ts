import { type Fields, flag, known, object, oneOf, required, text, texts } from "../base/shape";
import { type AwsRegion, type Region } from "../genesys/regions";
import { checkCall } from "./property-check";
import { defaultRegion, regionOf, regionShape } from "./provider";

/**
 * The origin that a visitor's browser uploads attachments to. Undefined for the European sovereign cloud: its bucket is
 * not publicly known, and a guessed one would be somebody else's.
 */
function uploadBucket({ environment, awsRegion }: Region): string | undefined {
  if (environment === "prod") return "https://shyrka-prod.s3.amazonaws.com";
  if (environment.startsWith("fedramp-")) return `https://shyrka-${environment}.s3-fips.${awsRegion}.amazonaws.com`;
  if (!environment.startsWith("prod-")) return undefined;
  return `https://shyrka-${environment}.s3.${awsRegion}.amazonaws.com`;
}

/** The directives that a Messenger can need. */
export type CspDirective =
  "script-src" | "connect-src" | "frame-src" | "child-src" | "img-src" | "media-src" | "object-src";

/** The sources that each directive must admit. */
export type CspDirectives = Readonly<Partial<Record<CspDirective, readonly string[]>>>;

/** What a page's Content-Security-Policy must admit for the Messenger to work. */
export interface ContentSecurityPolicy {
  /** The sources by directive, for a page that builds its policy from parts. */
  readonly directives: CspDirectives;
  /** The same as the text of a header, for a page without a policy of its own parts. See `mergeContentSecurityPolicy`. */
  readonly header: string;
}

/** For which region, and how wide. */
export interface ContentSecurityPolicyProps {
  /**
   * The organisation's region.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
  /**
   * `narrow` names the hosts that the Messenger talks to, one by one. `wide` is what Genesys itself asks for: every host
   * of the region's domains and of New Relic, for pictures, media and objects too.
   * @default "narrow"
   */
  readonly form?: "narrow" | "wide";
  /**
   * Whether visitors upload attachments: their browsers send them to a bucket of the region.
   * @default true
   */
  readonly uploads?: boolean;
}

/**
 * What a page's Content-Security-Policy must admit for the Messenger of a region.
 *
 * The snippet itself is an inline script: give it a nonce, or add it from bundled code.
 *
 * @throws when a property is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * contentSecurityPolicy({ region: "eu-central-1" }).directives["frame-src"]; // ["https://apps.mypurecloud.de"]
 * ```
 */
export function contentSecurityPolicy(props: ContentSecurityPolicyProps = {}): ContentSecurityPolicy {
  checkCall("contentSecurityPolicy", [["properties", policyShape, props]]);
  const { region: name = defaultRegion, form = "narrow", uploads = true } = props;
  const region = regionOf(name);
  const bucket = uploads ? uploadBucket(region) : undefined;
  const buckets = bucket === undefined ? [] : [bucket];
  const directives = form === "wide" ? wide(region, buckets) : narrow(region, buckets);
  return { directives, header: headerOf(directives) };
}

const policyShape = object<ContentSecurityPolicyProps>({
  region: regionShape,
  form: known(oneOf(["narrow", "wide"])),
  uploads: known(flag),
});

/** `script-src https://…; connect-src https://… wss://…` */
function headerOf(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
}

function narrow({ domain }: Region, buckets: readonly string[]) {
  const apps = [`https://apps.${domain}`];
  return {
    "script-src": apps,
    "connect-src": [`https://api-cdn.${domain}`, `https://api.${domain}`, `wss://webmessaging.${domain}`, ...buckets],
    "frame-src": apps,
    "child-src": apps,
  } satisfies CspDirectives;
}

function wide({ domain, alias }: Region, buckets: readonly string[]) {
  const domains = alias === undefined ? [domain] : [domain, alias];
  const hosts = [...domains.map((name) => `https://*.${name}`), "https://*.newrelic.com", "https://*.nr-data.net"];
  return {
    "script-src": hosts,
    "connect-src": [...hosts, ...domains.map((name) => `wss://*.${name}`), ...buckets],
    "frame-src": hosts,
    "child-src": hosts,
    "img-src": hosts,
    "media-src": hosts,
    "object-src": hosts,
  } satisfies CspDirectives;
}

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
