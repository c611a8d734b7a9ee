import { type DeclaredMessenger, type StateEdit } from "../../terraform";
import { type ExaminedMessenger } from "./examine";
import { forgetting } from "./recreations";

/** One thing that the state must say so that the next plan sees what is live, and why. */
export interface Repair {
  readonly edit: StateEdit;
  readonly why: string;
}

/** What a repair writes into the state of a stack. */
export function repairsOf(
  messengers: readonly ExaminedMessenger[],
  { recreate }: { /** Whether what was deleted by hand is made again. */ readonly recreate: boolean },
): readonly Repair[] {
  const repairs = [
    ...messengers.flatMap((messenger) => [...untaints(messenger), ...facts(messenger)]),
    ...(recreate ? forgetting(messengers) : []),
  ];
  // Deployments may share a configuration: it is written once.
  const places = repairs.map(({ edit }) => `${edit.attribute} ${edit.address}`);
  return repairs.filter((_, index) => places.indexOf(places[index] ?? "") === index);
}

/** Drifts that only a repair mends, and that nobody can repair before the platform API was read. */
export function unreadRepairs(messengers: readonly ExaminedMessenger[]): readonly string[] {
  return messengers.flatMap(({ audit }) =>
    audit.drifts.flatMap(({ mendedBy, stateEdit, message }) =>
      mendedBy === "repair" && stateEdit === undefined ? message : [],
    ),
  );
}

function facts({ audit, ...messenger }: ExaminedMessenger): readonly Repair[] {
  const declared = inState(messenger);
  return audit.drifts.flatMap(({ stateEdit, message }): readonly Repair[] => {
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

/** Terraform would replace what it did not see come to its end. What works is not replaced: it is said to be in order. */
function untaints({ audit, ...messenger }: ExaminedMessenger): readonly Repair[] {
  const { remembered } = messenger;
  const declared = inState(messenger);
  const { api, newestVersion } = audit.live;
  const works: Record<string, boolean> = {
    [declared.address]: api.outcome === "served" && api.deployment.status === "Active",
    [declared.configurationAddress ?? ""]: newestVersion !== undefined,
  };
  return (remembered?.tainted ?? []).flatMap((address) => {
    const why = `"${address}" is marked as tainted, because its creation was cut short, but it works: Terraform would replace it`;
    return works[address] === true ? { edit: { address, attribute: "tainted", value: false }, why } : [];
  });
}
