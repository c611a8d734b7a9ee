import { type TerraformStack } from "cdktf";
import { WebMessenger } from "../../lib";

export function supportSnippet(stack: TerraformStack): string {
  return WebMessenger.fromDeploymentName(stack, "Support", "messenger-support", { region: "eu-central-1" }).snippet;
}
