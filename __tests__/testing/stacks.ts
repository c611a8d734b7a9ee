import { tmpdir } from "node:os";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { App, TerraformStack } from "cdktf";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { type AddressSource } from "../../lib/sources/address-source";
import { nextEnvironment, type NextEnvironment } from "../../lib/sources/next-environment";

/** Only `app.synth()` writes, and these tests read from the stack. */
export const app = (): App => new App({ outdir: tmpdir() });

/** Addresses as an env file has them, so that a test does not change when lines move in this folder. */
export function written(...hosts: readonly string[]): AddressSource {
  const addresses = hosts.map((host, index) => ({
    value: `https://${host}`,
    place: { file: "shop/.env", line: index + 3, key: "SITE_URL" },
  }));
  return { read: () => ({ addresses, findings: [] }) };
}

/** Production at these hosts. */
export function production(...hosts: readonly string[]): NextEnvironment {
  return nextEnvironment("production", { kind: "production", addresses: [written(...hosts)] });
}

/** A custom stack with a Messenger of each environment, under its name. */
export function platform(...environments: readonly NextEnvironment[]): TerraformStack {
  const stack = new TerraformStack(app(), "platform");
  new GenesyscloudProvider(stack, "Genesys");
  for (const environment of environments) {
    new WebMessenger(stack, environment.name, { environment, defaultLanguage: "en-us" });
  }
  return stack;
}

/** The Messenger of that environment. */
export function messengerOf(stack: TerraformStack, environment: NextEnvironment): WebMessenger {
  const messenger = stack.node.findChild(environment.name);
  if (messenger instanceof WebMessenger) return messenger;
  throw new Error(`"${environment.name}" is no Messenger.`);
}

/** Adds to a list what no part of the library writes: cdktf appends what a stack overrides in a list. */
export function appendDomains(stack: TerraformStack, environment: NextEnvironment, domains: readonly string[]): void {
  const { terraformResourceType, friendlyUniqueId } = messengerOf(stack, environment).deployment;
  stack.addOverride(`resource.${terraformResourceType}.${friendlyUniqueId}.allowed_domains`, domains);
}
