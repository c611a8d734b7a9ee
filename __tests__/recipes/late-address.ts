import { type TerraformStack, TerraformVariable } from "cdktf";
import { terraformValue, type WebMessenger } from "../../lib";

export function admitTenant(stack: TerraformStack, messenger: WebMessenger): void {
  const domain = new TerraformVariable(stack, "tenant_domain", { type: "string" });
  messenger.addAddress(terraformValue(domain.stringValue, { name: "the tenant's domain" }));
}
