import { type DriftKind } from "../../live";
import { type DeclaredMessenger, killedRun, neverPublishedMark, type StateEdit } from "../../terraform";
import { type ExaminedMessenger, type ExaminedStack } from "./examine";
import { forgetting } from "./recreations";

/** One thing that the state must say so that the next plan sees what is live, and why. */
export interface Repair {
  /** Absent where the state file is restored as a whole. */
  readonly edit?: StateEdit;
  readonly why: string;
}

/** One that edits the state. */
export type StateRepair = Repair & Required<Pick<Repair, "edit">>;

/** What a repair writes into the state of a stack. */
export function repairsOf(
  { state, messengers }: Pick<ExaminedStack, "state" | "messengers">,
  options: { /** Whether what was deleted by hand is made again. */ readonly recreate: boolean },
): readonly Repair[] {
  const restored: readonly Repair[] =
    state?.readFrom === undefined
      ? []
      : [{ why: `${killedRun(state.readFrom)}: it is restored from "${state.readFrom}"` }];
  return [...restored, ...editsOf(messengers, options)];
}

/** What a repair edits in the state of a stack. */
export function editsOf(
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

/** The repairs that are no fact about what is live: the audit need not say what to write. */
const mendedOtherwise: readonly DriftKind[] = ["state-emptied", "tainted"];

/** Drifts that only a repair mends, and that no repair can mend before the platform API was read. */
export function unreadRepairs(messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.flatMap(({ audit }) =>
    audit.drifts.flatMap(({ kind, mendedBy, stateEdit, message }) =>
      mendedBy === "repair" && stateEdit === undefined && !mendedOtherwise.includes(kind) ? message : [],
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
    [declared.address]: api.outcome === "served" && !unsettled.includes(api.deployment.status),
    [declared.configurationAddress ?? ""]: newestVersion !== undefined,
  };
  return (remembered?.tainted ?? []).flatMap((address) => {
    return works[address] === true ? untaint(address) : [];
  });
}

/** What is on its way to something else: a repair would be too early. */
const unsettled: readonly string[] = ["Pending", "Deleting"];

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
