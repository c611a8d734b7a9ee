import { type AuditSubject, type Drift } from "../../lib/live";
import { compare } from "../../lib/live/compare";
import { type LiveReading } from "../../lib/live/reading";
import { unfinishedWords } from "../../lib/cli/stacks/pending-drifts";
import { type ExaminedMessenger, type Examination } from "../../lib/cli/stacks/examine";
import { type DeclaredMessenger, StackTerraform, type SynthesizedStack } from "../../lib/terraform";
import { reading, subject } from "../live/subjects";

export const declared: DeclaredMessenger = {
  address: "genesyscloud_webdeployments_deployment.Messenger",
  configurationAddress: "genesyscloud_webdeployments_configuration.Messenger",
  name: "Shop",
  status: "Active",
};

/** A synthesised stack of that name. */
export function stackOf(name: string, changes: Partial<SynthesizedStack> = {}): SynthesizedStack {
  return {
    name,
    folder: `/project/cdktf.out/stacks/${name}`,
    backend: { type: "local" },
    gateway: false,
    dependencies: [],
    messengers: [declared],
    ...changes,
  };
}

/** What an examination finds of a Messenger, where Genesys says this of it. */
export function messengerOf(
  live: LiveReading = reading(),
  { tainted = [], ...changes }: Partial<AuditSubject> & { readonly tainted?: readonly string[] } = {},
): ExaminedMessenger {
  const { state, derived, stateConfigurationVersion: configurationVersion } = { ...subject, ...changes };
  const remembered =
    state === undefined
      ? undefined
      : { deployment: state, tainted, ...(configurationVersion !== undefined && { configurationVersion }) };
  const pending = tainted.map((): Drift => ({
    kind: "tainted",
    mendedBy: "repair",
    message: unfinishedWords({ remembered }),
  }));
  const asked = { ...subject, pending, ...changes };
  return {
    declared,
    derived,
    remembered,
    audit: compare(asked, live),
  };
}

/** A stack with these Messengers. */
export function examined(name: string, ...messengers: readonly ExaminedMessenger[]): Examination {
  const stack = stackOf(name);
  const terraform = new StackTerraform(stack, { command: "terraform", environment: {} });
  return { stack, terraform, state: undefined, messengers };
}
