import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { StackError } from "../../base/errors";
import { blocksOf, parseRecord, recordAt } from "../../base/json";
import { isSandboxId, sandboxWorkspace } from "../../genesys/sandbox-state";
import { readStacks, type SynthesizedStack } from "../../terraform/stacks";

/**
 * Removes the local states of the sandbox's workspace whose objects an embedded Genesys Cloud made. What else is there is kept: a state
 * that cannot be read, one that names something of another organisation, and one that has resources of other providers.
 *
 * @param ids what the organisation has that is now replaced
 * @returns the folders that were kept
 */
export function forgetStates(ids: ReadonlySet<string>): readonly string[] {
  const stacks = join("cdktf.out", "stacks");
  if (!existsSync(stacks)) return [];
  const folders = readdirSync(stacks).map((stack) => join(stacks, stack, "terraform.tfstate.d", sandboxWorkspace));
  return folders.filter(existsSync).filter((folder) => {
    const files = ["terraform.tfstate", "terraform.tfstate.backup"].map((file) => join(folder, file));
    const isOwn = files.filter(existsSync).every((file) => isOwnState(readFileSync(file, "utf8"), ids));
    if (isOwn) rmSync(folder, { recursive: true, force: true });
    return !isOwn;
  });
}

function isOwnState(text: string, ids: ReadonlySet<string>): boolean {
  if (text.trim() === "") return true;
  const state = parseRecord(text);
  if (state === undefined || state["encrypted_data"] !== undefined) return false;
  return blocksOf(state, "resources")
    .filter(({ mode }) => mode === "managed")
    .flatMap((resource) => blocksOf(resource, "instances").map((instance) => ({ type: resource["type"], instance })))
    .every(({ type, instance }) => {
      const { id } = recordAt(instance, "attributes");
      return String(type).startsWith("genesyscloud_") && typeof id === "string" && (isSandboxId(id) || ids.has(id));
    });
}

/** The stacks that were synthesised here; none where that cannot be read: the command of the sandbox synthesises them. */
export function synthesisedStacks(environment: NodeJS.ProcessEnv): readonly SynthesizedStack[] {
  try {
    return readStacks(resolve(environment["CDKTF_OUTPUT"] ?? "cdktf.out"));
  } catch (error) {
    if (error instanceof StackError) return [];
    throw error;
  }
}
