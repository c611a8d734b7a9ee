import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import { configurationType, deploymentType } from "./declared-messengers";
import { instanceAt, parseState, resourceRefusal, type State, type StateInstance } from "./state";
import { StackError } from "../base/errors";

/** One thing to make the state say, so that the next plan sees what is live. */
export type StateEdit =
  /** The live list is empty. */
  | { readonly address: string; readonly attribute: "allowed_domains"; readonly value: null }
  /** The newest published version of the configuration. */
  | { readonly address: string; readonly attribute: "version"; readonly value: string }
  /** What a plan without a refresh takes for a change of the configuration: applying it publishes the program's. */
  | { readonly address: string; readonly attribute: "description"; readonly value: string }
  /** Its creation was cut short, and it is there: Terraform need not replace it. */
  | { readonly address: string; readonly attribute: "tainted"; readonly value: false }
  /** It does not exist any more: Terraform need not look for it, and makes it again. */
  | { readonly address: string; readonly attribute: "existence"; readonly value: false };

/** What the description of a configuration is made to be in the state, so that the next plan publishes it. */
export const neverPublishedMark = "Not published: its creation was cut short";

/** A part of the state's text, from the first character to the one after the last, and what takes its place. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** The state, and where each of its values stands in the text: JavaScript would round some of its numbers. */
interface LocatedState {
  readonly state: State;
  readonly root: Node | undefined;
}

/**
 * The state with the edits made and the serial raised by one; every other character is kept as it is.
 *
 * @throws StackError for a resource that is not there, or in a shape that this version does not understand
 */
export function editState(state: State, edits: readonly StateEdit[]): State {
  if (edits.length === 0) return state;
  const forgotten = new Set(edits.flatMap(({ attribute, address }) => (attribute === "existence" ? address : [])));
  const kept = edits.filter(({ attribute, address }) => attribute === "existence" || !forgotten.has(address));
  const located: LocatedState = { state, root: parseTree(state.text) };
  const serial = inPlaceOf(nodeAt(located, ["serial"]), String(state.serial + 1));
  const released = new Set(edits.flatMap(({ attribute, address }) => (attribute === "tainted" ? address : [])));
  const replacements = [serial, ...kept.map((edit) => replacement(located, edit, released))];
  const text = replacements
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, by }) => edited.slice(0, start) + by + edited.slice(end), state.text);
  const edited = parseState(text);
  if (edited === undefined) throw new StackError("Terraform's state is empty after the edit.");
  return edited;
}

function replacement(located: LocatedState, edit: StateEdit, released: ReadonlySet<string>): Replacement {
  const { address, attribute } = edit;
  const instance = instanceAt(located.state, address);
  if (instance === undefined) {
    throw resourceRefusal(address, "is not", "Nothing was changed. The state is not the one that was audited.");
  }
  // Terraform itself writes a resource without instances for a count of none; the next apply makes it, or drops the entry.
  if (attribute === "existence") return inPlaceOf(nodeAt(located, instance.path.slice(0, -1)), "[]");
  if (instance.isTainted && !released.has(address)) {
    throw resourceRefusal(
      address,
      "is marked as tainted: Terraform would replace it",
      "Run the command again with credentials for the platform API: what exists in Genesys Cloud is kept.",
    );
  }
  switch (attribute) {
    case "tainted":
      return withoutTaint(located, instance);
    case "allowed_domains":
      checkAttribute(edit, deploymentType, isNullOrList(instance.attributes["allowed_domains"]));
      break;
    case "version":
      checkAttribute(edit, configurationType, isNullOrText(instance.attributes["version"]));
      if (!/^\d+$/.test(edit.value))
        throw new StackError(`Invalid version "${edit.value}": expected a published version of a configuration.`);
      break;
    case "description":
      checkAttribute(edit, configurationType, isNullOrText(instance.attributes["description"]));
      break;
  }
  return inPlaceOf(nodeAt(located, [...instance.path, "attributes", attribute]), JSON.stringify(edit.value));
}

/** Terraform writes the mark as a property followed by another one. */
function withoutTaint({ state, root }: LocatedState, { path }: StateInstance): Replacement {
  const status = root && findNodeAtLocation(root, [...path, "status"]);
  // Not tainted: there is nothing to do.
  if (status?.value !== "tainted" || status.parent === undefined) return { start: 0, end: 0, by: "" };
  const mark = inPlaceOf(status.parent, "");
  const comma = /^\s*,\s*/.exec(state.text.slice(mark.end))?.[0] ?? "";
  return { ...mark, end: mark.end + comma.length };
}

function checkAttribute({ address, attribute }: StateEdit, type: string, isUnderstood: boolean): void {
  if (address.startsWith(`${type}.`) && isUnderstood) return;
  throw resourceRefusal(address, `has an attribute ${attribute} of an unexpected type`);
}

function isNullOrText(value: unknown): boolean {
  return value === null || typeof value === "string";
}

function isNullOrList(value: unknown): boolean {
  return value === null || Array.isArray(value);
}

function nodeAt({ root }: LocatedState, path: readonly (string | number)[]): Node {
  const node = root && findNodeAtLocation(root, [...path]);
  if (node === undefined) throw new StackError(`Terraform's state has no ${path.join(".")}. Nothing was changed.`);
  return node;
}

function inPlaceOf({ offset, length }: Node, by: string): Replacement {
  return { start: offset, end: offset + length, by };
}
