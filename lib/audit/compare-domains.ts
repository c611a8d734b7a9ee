import { blocksEveryPage, type DomainPolicy, policyAdmits } from "../genesys/host-check";
import { parseAddress } from "../origins/address";
import { AllowList } from "../origins/allow-list";
import { type Host } from "../origins/hostname";
import { type Drift } from "./drift";

/** What the list of a deployment is laid beside. */
interface WantedDomains {
  /** What the program derives; where an expression decides, what Terraform last wrote. */
  readonly list: AllowList;
  /** The same as Genesys is told it. */
  readonly policy: DomainPolicy;
  /** What the state remembers, which the provider keeps when the live list is empty. */
  readonly remembered: DomainPolicy;
}

/** What the program wants of a deployment that the state remembers. */
export function wantedDomains(derived: AllowList | undefined, remembered: DomainPolicy): WantedDomains {
  if (derived !== undefined) return { list: derived, policy: derived.policy, remembered };
  const entries = remembered.allowedDomains.flatMap((value) => {
    const parsed = parseAddress(value);
    return parsed.ok ? { host: parsed.address.host, sources: [{ value, place: { file: "Terraform's state" } }] } : [];
  });
  const { allowAllDomains } = remembered;
  return { list: new AllowList(entries, { allowAllDomains }), policy: remembered, remembered };
}

/** How the live list differs from the wanted one, and who mends that. */
export function compareDomains({ list, policy, remembered }: WantedDomains, live: DomainPolicy): readonly Drift[] {
  if (blocksEveryPage(live)) return [emptied(list, policy, remembered, live)];
  if (isSamePolicy(live, policy)) return [];
  const untouched = isSamePolicy(live, remembered);
  const messages = list.diff(live).differences.map(({ message }) => message);
  if (messages.length === 0)
    messages.push("the entries are spelled differently: no visitor notices, but Terraform does");
  return messages.map((message) =>
    untouched
      ? { kind: "undeployed-change", mendedBy: "deploy", message: `not deployed yet: ${message}` }
      : { kind: "domains", mendedBy: "deploy", message },
  );
}

/**
 * Read keeps the old list of the state when the live one is empty, so that the plan compares the program with its own memory
 * and finds nothing. Once the program wants something else, or the state remembers nothing, the plan sees a change.
 */
function emptied(list: AllowList, policy: DomainPolicy, remembered: DomainPolicy, live: DomainPolicy): Drift {
  const message =
    list.diff(live).differences[0]?.message ??
    "the list is empty: the Messenger is blocked on every page, and the pages show no error";
  if (remembered.allowedDomains.length === 0) return { kind: "domains", mendedBy: "deploy", message };
  if (!isSameList(remembered.allowedDomains, policy.allowedDomains)) {
    return { kind: "emptied-list", mendedBy: "deploy", message };
  }
  return {
    kind: "emptied-list",
    mendedBy: "repair",
    message: `${message}; no plan notices, because Terraform's state remembers the old entries`,
    stateEdit: { attribute: "allowed_domains", value: null },
  };
}

/** Hosts of the list whose pages the live list blocks. */
export function lostHosts(list: AllowList, live: DomainPolicy): readonly Host[] {
  return list.domains.filter((host) => !policyAdmits(live, host));
}

/** Live entries that admit pages which the list does not; an entry that is not a bare host admits none. */
export function gainedEntries(list: AllowList, live: DomainPolicy): readonly string[] {
  if (list.allowAllDomains) return [];
  if (live.allowAllDomains) return ["every page"];
  const hosts = live.allowedDomains.map((entry) => entry.toLowerCase()).filter(isHost);
  return [...new Set(hosts)].filter((host) => !list.admits(host));
}

function isHost(entry: string): boolean {
  const parsed = parseAddress(entry);
  return parsed.ok && parsed.address.host === entry;
}

/** To Terraform the order counts. */
function isSamePolicy(one: DomainPolicy, other: DomainPolicy): boolean {
  return one.allowAllDomains === other.allowAllDomains && isSameList(one.allowedDomains, other.allowedDomains);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}
