import { flag, known, object, oneOf } from "../base/shape";
import { type AwsRegion, type Region } from "../genesys/regions";
import { checkCall } from "./property-check";
import { defaultRegion, regionOf, regionShape } from "./region";
import { uploadBucket } from "./upload-bucket";

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
export function headerOf(directives: Readonly<Record<string, readonly string[]>>): string {
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
