import { type AuditSubject } from "../../lib/audit/audit";
import { type Drift } from "../../lib/audit/drift";
import { compare } from "../../lib/audit/compare";
import { type LiveReading } from "../../lib/platform/public-files";
import { unfinishedWords } from "../../lib/operations/audit-subject";
import { type Examination, type ExaminedMessenger } from "../../lib/operations/examine";
import { type DeclaredMessenger } from "../../lib/terraform/declared-messengers";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { type SynthesizedStack } from "../../lib/terraform/stacks";
import { reading, subject } from "../audit/subjects";

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
