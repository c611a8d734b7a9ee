import { type Fields, flag, known, object, oneOf, required, text, texts } from "../base/shape";
import {
  type CspDirectives,
  headerOf,
  type PolicyForm,
  sourcesOf,
  widenPolicy,
} from "../genesys/content-security-policy";
import { type AwsRegion } from "../genesys/regions";
import { checkCall } from "./property-check";
import { defaultRegion, regionOf, regionShape } from "./provider";

/** What a page's Content-Security-Policy must admit for the Messenger to work. */
export interface ContentSecurityPolicy {
  /** The sources by directive, for a page that builds its policy from parts. */
  readonly directives: CspDirectives;
  /** The same as the text of a header, for a page that does not build its policy from parts. See `mergeContentSecurityPolicy`. */
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
  readonly form?: PolicyForm;
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
  const directives = sourcesOf(regionOf(name), { form, uploads });
  return { directives, header: headerOf(directives) };
}

const policyShape = object<ContentSecurityPolicyProps>({
  region: regionShape,
  form: known(oneOf(["narrow", "wide"])),
  uploads: known(flag),
});

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
  return widenPolicy(policy, needed.directives);
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
