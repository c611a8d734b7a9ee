import { type Region } from "./regions";

/** The directives that a Messenger can need. */
export type CspDirective =
  "script-src" | "connect-src" | "frame-src" | "child-src" | "img-src" | "media-src" | "object-src";

/** The sources that each directive must admit. */
export type CspDirectives = Readonly<Partial<Record<CspDirective, readonly string[]>>>;

/**
 * `narrow` names the hosts that the Messenger talks to, one by one. `wide` is what Genesys itself asks for: every host of the region's
 * domains and of New Relic, for pictures, media and objects too.
 */
export type PolicyForm = "narrow" | "wide";

/** The sources that the Messenger of a region needs; with `uploads`, also for the attachments that visitors send. */
export function sourcesOf(
  region: Region,
  { form, uploads }: { readonly form: PolicyForm; readonly uploads: boolean },
): CspDirectives {
  const bucket = uploads ? uploadBucket(region) : undefined;
  const buckets = bucket === undefined ? [] : [bucket];
  return form === "wide" ? wide(region, buckets) : narrow(region, buckets);
}

/**
 * The origin that a visitor's browser uploads attachments to. Undefined for the European sovereign cloud: its bucket is
 * not publicly known, and a guessed one could belong to someone else.
 */
function uploadBucket({ environment, awsRegion }: Region): string | undefined {
  if (environment === "prod") return "https://shyrka-prod.s3.amazonaws.com";
  if (environment.startsWith("fedramp-")) return `https://shyrka-${environment}.s3-fips.${awsRegion}.amazonaws.com`;
  if (!environment.startsWith("prod-")) return undefined;
  return `https://shyrka-${environment}.s3.${awsRegion}.amazonaws.com`;
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

/** `script-src https://…; connect-src https://… wss://…` */
export function headerOf(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
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
 * A page's own policy, widened by sources and by nothing else. A directive that the page leaves to `default-src` starts from those
 * sources; what the page does not restrict at all stays unrestricted. Several policies, separated by commas, are widened each.
 */
export function widenPolicy(policy: string, needed: CspDirectives): string {
  return policy
    .split(",")
    .map((one) => widened(parse(one), needed))
    .map((one) => headerOf(Object.fromEntries(one)))
    .join(", ");
}

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
