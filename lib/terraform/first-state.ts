import { randomUUID } from "node:crypto";
import { type SynthesizedStack } from "./stacks";
import { TerraformError, type TerraformFailure } from "./terraform-error";
import { type TerraformInFolder } from "./terraform-in-folder";

/** Another run was faster: the state is there now. */
const there: readonly TerraformFailure[] = ["locked", "other-lineage", "stale-state"];

/**
 * Saves a state with nothing but the stack's output `environment` in it: Terraform does not save an empty one. The first
 * apply writes the same output, or takes it away where the stack has none.
 *
 * It goes without the flag to wait for the lock: Terraform would look for it after 1, 2, 4, 8 and 16 seconds, and where many
 * stacks are created at once others come in between each time.
 */
export async function saveFirstState(
  terraform: TerraformInFolder,
  { name, environment = name }: SynthesizedStack,
): Promise<void> {
  const outputs = { environment: { value: environment, type: "string" } };
  const input = JSON.stringify({ version: 4, serial: 1, lineage: randomUUID(), outputs, resources: [] });
  try {
    await terraform.run(["state", "push", "-"], { input });
  } catch (error) {
    if (!(error instanceof TerraformError) || !there.includes(error.failure)) throw error;
  }
}
