import { tmpdir } from "node:os";
import { App, TerraformStack, Testing } from "cdktf";
import { GenesyscloudProvider } from "@cdktf/provider-genesyscloud/lib/provider";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { production } from "./environments";

/** The arguments of a resource or a block, as they stand in the synthesised JSON. */
export type Arguments = Readonly<Record<string, unknown>>;

/** The synthesised JSON of a stack, as far as the tests look into it. */
export interface Synthesised {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly locals?: Arguments;
  readonly provider: Readonly<Record<string, readonly Arguments[]>>;
  readonly terraform: Arguments;
  readonly output?: Readonly<Record<string, Arguments>>;
}

/** Only `app.synth()` writes, and these tests read the JSON from the stack. */
export const nothingIsWritten = { outdir: tmpdir() };

/** A custom stack, as a platform team has it. */
export function platformStack(id = "platform", app = new App(nothingIsWritten)): TerraformStack {
  const stack = new TerraformStack(app, id);
  new GenesyscloudProvider(stack, "Genesys");
  return stack;
}

/** The JSON of a stack, every validation passed. */
export function synth(stack: TerraformStack): Synthesised {
  return JSON.parse(Testing.synth(stack, true)) as Synthesised;
}

/**
 * What a platform team reviews in a pull request: the JSON that Terraform gets, every validation passed. The cores write empty
 * lists and objects differently, so the text is not theirs.
 */
export function reviewed(stack: TerraformStack): string {
  return JSON.stringify(synth(stack), null, 2);
}

/** A stack with a Messenger that has these props, and is otherwise right. */
export function stackWith(props: Partial<WebMessengerProps>): TerraformStack {
  const stack = platformStack();
  new WebMessenger(stack, "Messenger", { environment: production(), defaultLanguage: "en-us", ...props });
  return stack;
}

/** What the two resources of a Messenger with these props are given. */
export function argumentsOf(props: Partial<WebMessengerProps>): { configuration: Arguments; deployment: Arguments } {
  const stack = stackWith(props);
  stack.runAllValidations();
  const { resource } = stack.toTerraform() as Synthesised;
  const only = (type: string) => Object.values(resource[type] ?? {})[0] ?? {};
  return {
    configuration: only("genesyscloud_webdeployments_configuration"),
    deployment: only("genesyscloud_webdeployments_deployment"),
  };
}

/** The lines that refuse a Messenger with these props; none when synthesis accepts it. */
export function refusals(props: Partial<WebMessengerProps>): string[] {
  try {
    stackWith(props).runAllValidations();
    return [];
  } catch (error) {
    return String(error)
      .split("\n")
      .filter((line) => line.startsWith("    - "))
      .map((line) => line.slice("    - ".length));
  }
}
