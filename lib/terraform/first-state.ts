import { randomUUID } from "node:crypto";
import { TerraformError, type TerraformFailure } from "./terraform-error";
import { type TerraformInFolder } from "./terraform-in-folder";

/** Another run was faster: the state is there now. */
const there: readonly TerraformFailure[] = ["locked", "other-lineage", "stale-state"];

/**
 * Saves a state of nothing. Without the flag to wait for the lock: Terraform would look for it after 1, 2, 4, 8 and 16
 * seconds, and where many stacks are created at once others come in between each time.
 */
export async function saveFirstState(terraform: TerraformInFolder): Promise<void> {
  const empty = { version: 4, serial: 1, lineage: randomUUID(), outputs: {}, resources: [] };
  try {
    await terraform.run(["state", "push", "-"], { input: JSON.stringify(empty) });
  } catch (error) {
    if (!(error instanceof TerraformError) || !there.includes(error.failure)) throw error;
  }
}
