import { isRecord, parseRecord } from "./json";
import { StackError } from "../base/errors";

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
      `Not a plan that this version can read: format_version is ${version}, expected "1.x".\n\n` +
        "Plans of Terraform and OpenTofu from 1.5 on are of that version: see which program ran.",
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
      `The plan has an action that this version does not know: ${JSON.stringify(actions)}.\n\n` +
        "Nothing was applied. Apply it with Terraform itself, if it is what you want.",
    );
  }
  return found;
}
