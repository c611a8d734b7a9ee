import { configurationType, deploymentType } from "./declared-messengers";
import { type Span, spanAt } from "./json-span";
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

interface Replacement extends Span {
  readonly by: string;
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
  const serial = { ...spanOf(state, ["serial"]).value, by: String(state.serial + 1) };
  const released = new Set(edits.flatMap(({ attribute, address }) => (attribute === "tainted" ? address : [])));
  const replacements = [serial, ...kept.map((edit) => replacement(state, edit, released))];
  const text = replacements
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, by }) => edited.slice(0, start) + by + edited.slice(end), state.text);
  const edited = parseState(text);
  if (edited === undefined) throw new StackError("Terraform's state is empty after the edit.");
  return edited;
}

function replacement(state: State, edit: StateEdit, released: ReadonlySet<string>): Replacement {
  const { address, attribute } = edit;
  const instance = instanceAt(state, address);
  if (instance === undefined) {
    throw resourceRefusal(address, "is not", "Nothing was changed. The state is not the one that was audited.");
  }
  // Terraform itself writes a resource without instances for a count of none; the next apply makes it, or drops the entry.
  if (attribute === "existence") return { ...spanOf(state, instance.path.slice(0, -1)).value, by: "[]" };
  if (instance.isTainted && !released.has(address)) {
    throw resourceRefusal(
      address,
      "is marked as tainted: Terraform would replace it",
      "Run the command again with credentials for the platform API: what exists in Genesys Cloud is kept.",
    );
  }
  switch (attribute) {
    case "tainted":
      return withoutTaint(state, instance);
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
  const { value } = spanOf(state, [...instance.path, "attributes", attribute]);
  return { ...value, by: JSON.stringify(edit.value) };
}

/** Terraform writes the mark as a member of its own, with another one behind it. */
function withoutTaint(state: State, { path }: StateInstance): Replacement {
  const mark = spanAt(state.text, [...path, "status"]);
  if (mark === undefined || !state.text.slice(mark.whole.start, mark.whole.end).includes("tainted")) {
    return { start: 0, end: 0, by: "" }; // not tainted: nothing to do
  }
  const behind = /^\s*,\s*/.exec(state.text.slice(mark.whole.end))?.[0] ?? "";
  return { start: mark.whole.start, end: mark.whole.end + behind.length, by: "" };
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

function spanOf(state: State, path: readonly (string | number)[]): { readonly whole: Span; readonly value: Span } {
  const span = spanAt(state.text, path);
  if (span === undefined) throw new StackError(`Terraform's state has no ${path.join(".")}. Nothing was changed.`);
  return span;
}
