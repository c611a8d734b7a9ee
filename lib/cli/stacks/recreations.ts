import { type ExaminedMessenger } from "./examine";
import { type StateRepair } from "./repairs";

/** A deployment that is made again, because somebody deleted it: its id never comes back. */
export interface Recreation {
  readonly address: string;
  /** The id that it had. */
  readonly was: string;
}

/**
 * The deployments of a stack that can be made again: those of which the platform API itself says that they do not exist, while
 * no copy of them does. The public files know no deployment of another region either.
 */
export function recreationsOf(messengers: readonly ExaminedMessenger[]): readonly Recreation[] {
  return messengers.flatMap(({ declared, remembered, audit }) =>
    remembered === undefined || !isSurelyGone(audit)
      ? []
      : { address: declared.address, was: remembered.deployment.id },
  );
}

/**
 * Lets Terraform's state forget what is to be made again. Terraform would find it out by itself, but only after the 5 minutes for
 * which the provider looks for what it does not find (custom_retry_timeout).
 */
export function forgetting(messengers: readonly ExaminedMessenger[]): readonly StateRepair[] {
  const recreated = new Map(recreationsOf(messengers).map(({ address, was }) => [address, was]));
  const deployments = [...recreated].map(([address, was]) => forget(address, newIdWords(was)));
  const configurations = messengers.flatMap(({ declared: { configurationAddress: address }, audit }) => {
    const wired = messengers.filter(({ declared }) => declared.configurationAddress === address);
    const isGone = audit.drifts.some(({ kind }) => kind === "configuration-gone");
    const isFree = wired.every(({ declared }) => recreated.has(declared.address));
    return address !== undefined && isGone && isFree ? forget(address, "it does not exist any more either") : [];
  });
  return [...configurations, ...deployments];
}

/** Why the deployments of a stack that were deleted by hand are not made again; empty where they are, or where there are none. */
export function goneRefusals(
  stackName: string,
  messengers: readonly ExaminedMessenger[],
  recreate: boolean,
): readonly string[] {
  const gone = messengers.filter(({ audit }) => audit.drifts.some(({ kind }) => kind === "deployment-gone"));
  const adopted = gone.filter(({ declared }) => declared.importId !== undefined);
  const refused = recreate ? gone.filter((each) => !isSurelyGone(each.audit) || adopted.includes(each)) : gone;
  if (refused.length === 0) return [];
  const reasons = refused.flatMap(({ audit }) =>
    audit.drifts
      .filter(({ kind }) => kind === "deployment-gone" || kind === "unclaimed-deployment")
      .map(({ message }) => `${audit.name}: ${message}`),
  );
  const remedy = recreate
    ? "It is made again once the platform API says that it does not exist, and no copy of it does"
    : `If another one is what you want: origins deploy ${stackName} --recreate`;
  const withoutAdoption =
    "Take `adopt` out of the program first: Terraform would go on looking for the one that is gone";
  return [...reasons, ...(adopted.length > 0 ? [withoutAdoption] : []), remedy];
}

/** What a new id means, in words. */
export function newIdWords(was: string): string {
  return `"${was}" does not exist any more; another one is made under a new id, and every page that names the old one must be built again`;
}

function isSurelyGone({ live, drifts }: ExaminedMessenger["audit"]): boolean {
  return live.api.outcome === "gone" && !drifts.some(({ kind }) => kind === "unclaimed-deployment");
}

function forget(address: string, why: string): StateRepair {
  return { edit: { address, attribute: "existence", value: false }, why };
}
