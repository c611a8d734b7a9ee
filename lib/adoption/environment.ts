import { type DomainPolicy } from "../genesys/host-check";
import {
  type Acknowledgements,
  type AllowList,
  deriveAllowList,
  type EnvironmentKind,
  type Finding,
  parseAddress,
  refuses,
  rules,
} from "../origins";

/** The environment that a live list comes to. */
export interface ReproducedEnvironment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly addresses: readonly string[];
  readonly allowAllDomains: boolean;
  readonly acknowledge: Acknowledgements;
  readonly allowList: AllowList;
  /** What no environment of that kind may have. */
  readonly refused: readonly Finding[];
}

/** Why the rules are broken by what was there before them. */
const reason = "was live when the deployment was adopted: decide whether it stays";

/**
 * The environment whose allow-list is the live list, as far as one may be: an entry that never matched anything is no address, and
 * some rules cannot be broken on purpose.
 */
export function reproduceEnvironment(
  { name, kind }: { readonly name: string; readonly kind: EnvironmentKind },
  { allowAllDomains, allowedDomains }: DomainPolicy,
): ReproducedEnvironment {
  const hosts = [...new Set(allowAllDomains ? [] : allowedDomains.flatMap(hostOf))].sort();
  const derive = (addresses: readonly string[], acknowledge: Acknowledgements) =>
    deriveAllowList({
      kind,
      written: addresses.map((value) => ({ value, place: { file: "the live list" } })),
      acknowledge,
      allowAllDomains,
    });
  const broken = derive(hosts, {}).findings.filter(refuses);
  const acknowledged = broken.filter(({ rule }) =>
    rules.some(({ id, acknowledgeable }) => id === rule && acknowledgeable),
  );
  const refused = broken.filter((finding) => !acknowledged.includes(finding));
  const addresses = hosts.filter((host) => !refused.some(({ value }) => value === host));
  const acknowledge = Object.fromEntries(acknowledged.map(({ rule }) => [rule, reason]));
  const { allowList } = derive(addresses, acknowledge);
  return { name, kind, addresses, allowAllDomains, acknowledge, allowList, refused };
}

/** An entry that is no bare host, but for capitals, admits nobody. */
function hostOf(entry: string): readonly string[] {
  const parsed = parseAddress(entry);
  return parsed.ok && parsed.address.host === entry.toLowerCase() ? [parsed.address.host] : [];
}

/** The name of the environment that a deployment is probably for: that of `messenger-staging` is `staging`. */
export function environmentNameOf(deployment: string): string {
  const words = deployment
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words.replace(/^messenger-(?=.)/, "") || "production";
}

const signs: readonly (readonly [EnvironmentKind, RegExp])[] = [
  ["staging", /(^|-)(stag|stg|uat|qa|test|acceptance|accept|preprod|pre-prod)/],
  ["preview", /(^|-)(preview|pr-|branch)/],
  ["development", /(^|-)(dev|local|sandbox)/],
];

/** The kind that an environment of that name probably has; the strictest where the name does not tell. */
export function kindOf(environment: string): EnvironmentKind {
  return signs.find(([, sign]) => sign.test(environment.toLowerCase()))?.[0] ?? "production";
}
