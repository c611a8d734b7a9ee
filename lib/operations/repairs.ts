import { type DriftKind } from "../audit/drift";
import { type DeclaredMessenger } from "../terraform/declared-messengers";
import { killedRun } from "../terraform/local-state";
import { neverPublishedMark, type StateEdit } from "../terraform/state-edit";
import { type ExaminedMessenger, type ExaminedStack } from "./examine";

/** One thing that the state must say so that the next plan sees what is live, and why. */
export interface Repair {
  /** Absent where the state file is restored as a whole. */
  readonly edit?: StateEdit;
  readonly why: string;
}

/** One that edits the state. */
type StateRepair = Repair & Required<Pick<Repair, "edit">>;

/** What a repair writes into the state of a stack. */
export function repairsOf(
  { state, messengers }: Pick<ExaminedStack, "state" | "messengers">,
  options: { /** Whether to recreate what was deleted by hand. */ readonly recreate: boolean },
): readonly Repair[] {
  const restored: readonly Repair[] =
    state?.readFrom === undefined
      ? []
      : [{ why: `${killedRun(state.readFrom)}: it is restored from "${state.readFrom}"` }];
  return [...restored, ...stateEdits(messengers, options)];
}

/** What a repair edits in the state of a stack. */
export function stateEdits(
  messengers: readonly ExaminedMessenger[],
  { recreate }: { readonly recreate: boolean },
): readonly StateRepair[] {
  const repairs = [
    ...messengers.flatMap((messenger) => [
      ...untaints(messenger),
      ...unfinishedConfiguration(messenger),
      ...facts(messenger),
    ]),
    ...(recreate ? forgetting(messengers) : []),
  ];
  // Deployments may share a configuration: it is written once.
  const places = repairs.map(({ edit }) => `${edit.attribute} ${edit.address}`);
  return repairs.filter((_, index) => places.indexOf(places[index] ?? "") === index);
}

/** Whether its repair is not a fact about what is live: the audit need not say what to write. */
function isMendedOtherwise(kind: DriftKind): boolean {
  return kind === "state-emptied" || kind === "tainted";
}

/** Drifts that only a repair mends, and that no repair can mend before the platform API was read. */
export function unreadRepairs(messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.flatMap(({ audit }) =>
    audit.drifts.flatMap(({ kind, mendedBy, stateEdit, message }) =>
      mendedBy === "repair" && stateEdit === undefined && !isMendedOtherwise(kind) ? message : [],
    ),
  );
}

function facts({ audit, ...messenger }: ExaminedMessenger): readonly StateRepair[] {
  const declared = inState(messenger);
  return audit.drifts.flatMap(({ stateEdit, message }): readonly StateRepair[] => {
    if (stateEdit?.attribute === "allowed_domains") {
      return [{ edit: { address: declared.address, ...stateEdit }, why: message }];
    }
    const { configurationAddress: address } = declared;
    return stateEdit === undefined || address === undefined ? [] : [{ edit: { address, ...stateEdit }, why: message }];
  });
}

/** The addresses that the state has for a Messenger: a move is applied later. */
function inState({
  declared,
  remembered,
}: Omit<ExaminedMessenger, "audit">): Pick<DeclaredMessenger, "address" | "configurationAddress"> {
  return remembered?.formerly ?? declared;
}

/** Terraform would replace what it did not see come to its end. What is there is not replaced: it is said to be in order. */
function untaints({ audit, ...messenger }: ExaminedMessenger): readonly StateRepair[] {
  const { remembered } = messenger;
  const declared = inState(messenger);
  const { api, newestVersion } = audit.live;
  const works: Record<string, boolean> = {
    [declared.address]: api.outcome === "served" && !isUnsettled(api.deployment.status),
    [declared.configurationAddress ?? ""]: newestVersion !== undefined,
  };
  return (remembered?.tainted ?? []).flatMap((address) => {
    return works[address] === true ? untaint(address) : [];
  });
}

/** Whether it is on its way to something else: a repair would be too early. */
function isUnsettled(status: string): boolean {
  return status === "Pending" || status === "Deleting";
}

function untaint(address: string): StateRepair {
  const why = `"${address}" is marked as tainted, because its creation was cut short, but it exists: Terraform would replace it`;
  return { edit: { address, attribute: "tainted", value: false }, why };
}

/**
 * A configuration that was made before the deploy was cut short, and whose deployment was not. What was published is shown to
 * Terraform; what was not is published by the next apply, which must see something to change for that: a refresh would find the
 * draft as the program has it.
 */
function unfinishedConfiguration({ configuration, audit }: ExaminedMessenger): readonly StateRepair[] {
  if (configuration === undefined) return [];
  const { address, version = "", isTainted } = configuration;
  const { newestVersion: newest, neverPublished = false } = audit.live;
  if (!isTainted && /^\d+$/.test(version)) return [];
  const released = isTainted ? [untaint(address)] : [];
  if (neverPublished) {
    const why = `"${address}" was never published, because its creation was cut short: the next apply publishes it`;
    return [...released, { edit: { address, attribute: "description", value: neverPublishedMark }, why }];
  }
  if (newest === undefined) return [];
  const why = `version ${newest} of "${address}" was published before its creation was cut short`;
  const published: StateRepair = { edit: { address, attribute: "version", value: newest }, why };
  return newest === version ? released : [...released, published];
}

/** Whether the plan must be made of what the repairs wrote alone: a refresh would take it back. */
export function withoutRefresh(repairs: readonly Repair[]): boolean {
  return repairs.some(({ edit }) => edit?.attribute === "description");
}

/** A deployment that is recreated because it was deleted: its id cannot be restored. */
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
function forgetting(messengers: readonly ExaminedMessenger[]): readonly StateRepair[] {
  const recreated = new Map(recreationsOf(messengers).map(({ address, was }) => [address, was]));
  const deployments = [...recreated].map(([address, was]) => forget(address, newIdWords(was)));
  const configurations = messengers.flatMap(({ declared: { configurationAddress: address }, audit }) => {
    const wired = messengers.filter(({ declared }) => declared.configurationAddress === address);
    const isGone = audit.drifts.some(({ kind }) => kind === "configuration-gone");
    const isFree = wired.every(({ declared }) => recreated.has(declared.address));
    return address !== undefined && isGone && isFree ? forget(address, "it no longer exists either") : [];
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
    ? "It is recreated only after the platform API confirms that neither it nor a copy of it exists"
    : `To create another one: origins deploy ${stackName} --recreate`;
  const withoutAdoption = "Remove `adopt` from the program first: Terraform would continue to look for the deleted one";
  return [...reasons, ...(adopted.length > 0 ? [withoutAdoption] : []), remedy];
}

/** What a new id means, in words. */
function newIdWords(was: string): string {
  return `"${was}" no longer exists; another one is created under a new id, and every page that uses the old one must be rebuilt`;
}

function isSurelyGone({ live, drifts }: ExaminedMessenger["audit"]): boolean {
  return live.api.outcome === "gone" && !drifts.some(({ kind }) => kind === "unclaimed-deployment");
}

function forget(address: string, why: string): StateRepair {
  return { edit: { address, attribute: "existence", value: false }, why };
}
