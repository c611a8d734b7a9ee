import { instance, listOf, mapOf, object, oneOf, open, required, text } from "../base/shape";
import { checkGiven } from "../base/shape-check";
import { readAcknowledgements, unused } from "./acknowledgements";
import { type AllowList } from "./allow-list";
import { reportOf } from "./derive";
import { type Acknowledgements, type EnvironmentKind, environmentKinds } from "./rule";
import { type Finding } from "./finding";
import { type Host, withParents } from "./hostname";
import { sharedHost } from "./rules";

/** What the cross-environment rule needs to know of an environment; a `NextEnvironment` is one. */
export interface NamedAllowList {
  readonly name: string;
  readonly kind: EnvironmentKind;
  readonly allowList: AllowList;
  readonly acknowledge?: Acknowledgements;
}

/**
 * The rule `shared-host`, which needs all environments at once: which hosts of an environment the list of another one
 * admits too, so that a page there runs with the deployment of either. The answer has every environment's name.
 *
 * An environment by itself is not judged: that a program deploys one at a time makes no acknowledgement superfluous.
 *
 * An environment that allows all domains admits every host of the others; `allow-all` says so, and this does not repeat it.
 *
 * @throws when an environment is of the wrong form; all such mistakes at once
 */
export function sharedHosts(environments: readonly NamedAllowList[]): Map<string, Finding[]> {
  checkGiven("sharedHosts", [["environments", environmentsShape, environments]]);
  const listing = new Map<string, string[]>();
  for (const { name, allowList } of environments) {
    for (const host of allowList.policy.allowedDomains) {
      const names = listing.get(host);
      if (names === undefined) listing.set(host, [name]);
      else names.push(name);
    }
  }
  const isAlone = environments.length === 1;
  return new Map(
    environments.map((environment) => [environment.name, isAlone ? [] : sharedHostsOf(environment, listing)]),
  );
}

const environmentsShape = listOf(
  open(
    object<NamedAllowList>({
      name: required(text),
      kind: required(oneOf(environmentKinds)),
      allowList: required(
        instance<AllowList>(
          "an allow-list, such as that of nextEnvironment(…)",
          (value) => typeof value === "object" && value !== null && "policy" in value && "entries" in value,
        ),
      ),
      acknowledge: mapOf(text, '{ "shared-host": "the reason" }'),
    }),
  ),
);

function sharedHostsOf(environment: NamedAllowList, listing: ReadonlyMap<string, readonly string[]>): Finding[] {
  const { name, kind, allowList, acknowledge } = environment;
  const { reasons } = readAcknowledgements(acknowledge);
  const findings = (allowList.allowAllDomains ? [] : allowList.entries).flatMap(({ host, sources }) => {
    const others = admittingElsewhere(host, name, listing);
    if (others.length === 0) return [];
    const { value, place } = sources[0] ?? { value: host };
    return reportOf(sharedHost, kind, reasons, {
      value,
      ...(place !== undefined && { place }),
      message: `"${value}" is also admitted by ${others.join(" and by ")}, so a page there can run with either deployment`,
      remedy: "give each environment its own hosts",
    });
  });
  return reasons.has(sharedHost.id) && findings.length === 0
    ? [unused(sharedHost.id, "no other environment admits a host of this one")]
    : findings;
}

/** Such as `staging` where it lists the host, `staging ("example.com")` where it lists a name above it. */
function admittingElsewhere(host: Host, own: string, listing: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Map<string, string>();
  for (const entry of withParents(host)) {
    for (const name of listing.get(entry) ?? []) {
      if (name !== own && !found.has(name)) found.set(name, entry === host ? name : `${name} ("${entry}")`);
    }
  }
  return [...found.values()];
}
