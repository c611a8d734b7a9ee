import { stripVTControlCharacters } from "node:util";
import { StackError } from "../base/errors";
import { isRecord, parseRecord } from "../base/json";
import { deriveAllowList } from "../origins/derive";
import { formatFinding, refuses } from "../origins/finding";
import { configurationType, type DeclaredMessenger, deploymentType } from "./declared-messengers";

/** What a plan says of one resource, as far as a report needs it. */
export interface ResourceChange {
  /** Such as `genesyscloud_webdeployments_deployment.Messenger_Deployment`. */
  readonly address: string;
  readonly type: string;
  readonly action: PlannedAction;
  /** The id of what is there already, and is taken over before the action; absent where nothing is imported. */
  readonly importId?: string;
  /** The attributes as the state has them after the refresh; absent before a create. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** The attributes as the plan wants them, unknown ones left out; absent after a delete. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** What Terraform means to do with a resource. */
export type PlannedAction =
  | "no-op"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "replace"
  /** The state lets go of it, and it stays as it is (a `removed` block). */
  | "forget";

/**
 * Reads the resource changes out of what `terraform show -json <plan file>` prints (format version 1).
 *
 * @throws StackError when the text is not such a plan; the message says what was found instead.
 */
export function readPlan(json: string): readonly ResourceChange[] {
  const plan = parseRecord(json);
  if (typeof plan?.["format_version"] !== "string" || !plan["format_version"].startsWith("1.")) {
    const version = plan === undefined ? "none" : JSON.stringify(plan["format_version"]);
    throw new StackError(
      `Unsupported format_version ${version} of the plan: expected "1.x".\n\n` +
        "Terraform and OpenTofu 1.5 or newer write that version: check which program ran.",
    );
  }
  const changes = Array.isArray(plan["resource_changes"]) ? plan["resource_changes"] : [];
  return changes.filter(isRecord).map(readChange);
}

function readChange(entry: Record<string, unknown>): ResourceChange {
  const change = isRecord(entry["change"]) ? entry["change"] : {};
  return {
    address: String(entry["address"]),
    type: String(entry["type"]),
    action: readAction(change["actions"]),
    ...(isRecord(change["importing"]) && { importId: String(change["importing"]["id"]) }),
    ...(isRecord(change["before"]) && { before: change["before"] }),
    ...(isRecord(change["after"]) && { after: change["after"] }),
  };
}

/** Two actions mean a replacement, in either order (`create_before_destroy`). */
function readAction(actions: unknown): PlannedAction {
  const list: readonly unknown[] = Array.isArray(actions) ? actions : [];
  if (list.length === 2) return "replace";
  const known: readonly PlannedAction[] = ["no-op", "create", "read", "update", "delete", "forget"];
  const found = known.find((candidate) => candidate === list[0]);
  if (found === undefined) {
    throw new StackError(
      `The plan contains an unknown action: ${JSON.stringify(actions)}.\n\n` +
        "Nothing was applied. If it is intended, apply it with Terraform itself.",
    );
  }
  return found;
}

/** Such a line is above the advice behind a plan, and also between the note on changes made outside of Terraform and the plan. */
const line = /^─{10,}$/;
const advice = /^(?:Saved the plan to: |Note: You didn't use the -out option)/;
const progress = /^\S+: (Refreshing state|Reading|Still reading|Read complete)\b/;

/** A plan as Terraform prints it, in its colours if it has any, without the progress before it and the advice behind it. */
export function readablePlan(printed: string): string {
  const lines = printed.split("\n").map((text) => ({ text, plain: stripVTControlCharacters(text) }));
  const isAdvice = (index: number): boolean => {
    const rest = lines.slice(index).map(({ plain }) => plain.trim());
    return advice.test(rest.find((plain) => plain !== "" && !line.test(plain)) ?? "");
  };
  const end = lines.findIndex(({ plain }, index) => advice.test(plain) || (line.test(plain) && isAdvice(index)));
  const plan = lines.slice(0, end === -1 ? undefined : end).filter(({ plain }) => !progress.test(plain));
  const first = plan.findIndex(({ plain }) => plain.trim() !== "");
  const last = plan.findLastIndex(({ plain }) => plain.trim() !== "");
  const text = plan
    .slice(Math.max(first, 0), last + 1)
    .map((line) => line.text)
    .join("\n")
    .trim();
  // Terraform may end a colour in a line that is left out here.
  return stripVTControlCharacters(text) === text ? text : `${text}${reset}`;
}

const reset = "\u001b[0m";

/**
 * Why a plan must not be applied: it would take a deployment away or give it another id, and pages name it by its id.
 * Empty where nothing speaks against it.
 *
 * @param remembered the addresses of the deployments that the state had before the plan was made: Terraform itself forgets
 *   them in the plan when they were deleted by hand
 */
export function planRefusals(changes: readonly ResourceChange[], remembered: ReadonlySet<string>): readonly string[] {
  return changes.map((change) => refusal(change, { changes, remembered })).filter((reason) => reason !== undefined);
}

interface Surroundings {
  readonly changes: readonly ResourceChange[];
  readonly remembered: ReadonlySet<string>;
}

function refusal({ address, type, action }: ResourceChange, { changes, remembered }: Surroundings): string | undefined {
  if (type !== deploymentType && type !== configurationType) return undefined;
  const what = type === deploymentType ? "deployment" : "configuration";
  if (action === "delete" || action === "replace") {
    return `The plan would ${action} the ${what} "${address}": ${consequences[what][action]}${
      action === "delete" && what === "deployment" ? `. ${waysToKeep(address, changes)}` : ""
    }. ${byHand}`;
  }
  if (action === "create" && what === "deployment" && remembered.has(address)) {
    return (
      `The plan would create the deployment "${address}" again: the one in the state was not found, and pages that ` +
      "use its id show no Messenger until they are rebuilt with the new one. If it was deleted, create another one with " +
      "origins deploy --recreate. If origins audit finds it, deploy again later"
    );
  }
  return undefined;
}

/** What moves in the program is to Terraform one thing that goes and another that comes. */
function waysToKeep(address: string, changes: readonly ResourceChange[]): string {
  const id = constructId(address);
  const made = changes.filter((change) => change.type === deploymentType && change.action === "create");
  const renamed = made.map((change) => `"${change.address}"`).join(" or ");
  return [
    ...(made.length === 0
      ? []
      : [`If it is ${renamed} under its old name: keep it with renamedFrom("${id}") in the program`]),
    `If another stack manages it from now on, or none does: new ReleasedMessenger(stack, "${id}") leaves it as it is`,
  ].join(". ");
}

/** The id that the Messenger had in the program, as far as the address tells: one of a Messenger in the stack itself. */
function constructId(address: string): string {
  return /\.([\w-]+)_Deployment_[0-9A-F]{8}$/.exec(address)?.[1] ?? "<its id>";
}

const byHand =
  "If this is intended, destroy it with Terraform itself; otherwise undo the change of the program that causes it";

const consequences = {
  deployment: {
    delete: "every page that uses its id would lose its Messenger, and the id cannot be restored",
    replace: "the new one has another id, and every page that uses the old one would lose its Messenger",
  },
  configuration: {
    delete: "the deployments that show it would be left without one",
    replace: "the deployments that show it would be left without one in the meantime",
  },
} as const;

/**
 * Why a plan must not be applied on account of hosts that only Terraform knew before: its own expressions decode no punycode and
 * know little of the Public Suffix List, so all rules look at what came of them. A list that is known at apply alone is not in the
 * plan.
 */
export function plannedAddressRefusals(
  changes: readonly ResourceChange[],
  messengers: readonly DeclaredMessenger[],
): readonly string[] {
  return messengers.flatMap(({ address, lateRules }) => {
    const change = changes.find((one) => one.address === address);
    const domains = change?.after?.["allowed_domains"];
    if (lateRules === undefined || change?.action === "no-op" || !isTexts(domains)) return [];
    const place = { file: address, key: "allowed_domains" };
    const { findings } = deriveAllowList({ ...lateRules, written: domains.map((value) => ({ value, place })) });
    return findings.filter(refuses).map((finding) => `The plan contains a rejected address: ${formatFinding(finding)}`);
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
