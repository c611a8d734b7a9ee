import { type DomainPolicy } from "../genesys/host-check";
import { parseAddress } from "../origins/address";
import { type AllowList } from "../origins/allow-list";
import { deriveAllowList } from "../origins/derive";
import { type Difference } from "../origins/difference";
import { type Finding, refuses } from "../origins/finding";
import { type Acknowledgements, type EnvironmentKind } from "../origins/rule";
import { rules } from "../origins/rules";

/** An entry on which the live list and the program differ. */
export interface EntryAdvice {
  readonly entry: string;
  /** What it is, and what it means for a visitor. */
  readonly message: string;
  /** What can be done about it. */
  readonly advice: string;
}

/** The live list beside the one that the program derives. */
export interface ComparedDomains {
  /** How many entries Genesys has. */
  readonly live: number;
  /** How many the program derives. */
  readonly derived: number;
  /** How many are in both. */
  readonly kept: number;
  /** Entries of Genesys that the first deploy drops. */
  readonly dropped: readonly EntryAdvice[];
  /** Entries that the first deploy adds. */
  readonly added: readonly EntryAdvice[];
  /** What else differs: the order, capitals, repetitions, the flag. */
  readonly others: readonly string[];
  /** Whether the first deploy leaves the list as it is. */
  readonly equal: boolean;
}

/** Compares the list of a deployment with what the program derives. */
export function compareAdoptedDomains(list: AllowList, live: DomainPolicy): ComparedDomains {
  const { equal, differences, unexpected, missing } = list.diff(live);
  const of = (...kinds: readonly Difference["kind"][]): readonly Difference[] =>
    differences.filter(({ kind }) => kinds.includes(kind));
  const unknown = new Set(unexpected);
  const said = new Map(of("missing").map(({ entry, message }) => [entry, message]));
  return {
    live: live.allowedDomains.length,
    derived: list.policy.allowedDomains.length,
    kept: new Set(live.allowedDomains.filter((entry) => !unknown.has(entry)).map((entry) => entry.toLowerCase())).size,
    dropped: [...of("unexpected").map(advise), ...of("malformed").map(adviseMalformed)],
    added: missing.map((host) => adviseMissing(host, said)),
    others: of("everything-allowed", "everything-blocked", "restricted", "spelling", "repeated", "order").map(
      ({ message }) => message,
    ),
    equal,
  };
}

function advise({ entry = "", message }: Difference): EntryAdvice {
  const advice = `add "${entry}" to the addresses of the environment, or let the deploy drop it`;
  return { entry, message, advice };
}

function adviseMalformed({ entry = "", message }: Difference): EntryAdvice {
  const parsed = parseAddress(entry.replace(/^(?=\.)/, "*"));
  const advice = parsed.ok
    ? `let the deploy drop it, or add "${parsed.address.host}" to the addresses`
    : "let the deploy drop it";
  return { entry, message, advice };
}

/** What is blocked where the live list is empty is said of the list, not of each host. */
function adviseMissing(host: string, said: ReadonlyMap<string | undefined, string>): EntryAdvice {
  const message = said.get(host) ?? `"${host}" is missing`;
  return { entry: host, message, advice: "the deploy adds it" };
}

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
 * The environment whose allow-list is the live list, as far as one may be: an entry that never matched anything is not an address, and
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

/** An entry that is not a bare host, apart from capitals, admits no page. */
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
