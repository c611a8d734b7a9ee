import { policyAdmits } from "../../genesys/host-check";
import { type Audit } from "../../audit/audit";
import { type Drift } from "../../audit/drift";
import { type Host } from "../../origins/hostname";
import { type RecordedEnvironment } from "../../origins/provenance";
import { type Examination, type ExaminedMessenger } from "../../operations/examine";
import { type DeclaredMessenger } from "../../terraform/declared-messengers";
import { type SynthesizedStack } from "../../terraform/stacks";
import { messageOf } from "../terminal/interruption";

/** Whether a page shows the Messenger; `unknown`: an address that only Terraform knows decides, or Genesys did not answer. */
export type Verdict = "admitted" | "refused" | "unknown";

/** What Genesys serves of a page with one Messenger, beside what its stack declares. */
export interface LiveAnswer {
  /** The name of the stack, and of the Messenger where the stack has several. */
  readonly name: string;
  readonly deploymentId?: string;
  /** What the synthesised stack declares; absent where an expression decides, so that only the environment can tell. */
  readonly declared?: Verdict;
  readonly served: Verdict;
  /** Why it is not known what is served. */
  readonly reason?: string;
  /** What the audit found that concerns the page, the worst first. */
  readonly drifts: readonly Drift[];
}

/**
 * The environments as the stacks have them, in place of the declared ones of the same name: so no source is read a second time. Those
 * that no stack deploys stay as they are declared.
 */
export function deployedEnvironments(
  declared: readonly RecordedEnvironment[],
  stacks: readonly SynthesizedStack[],
): readonly RecordedEnvironment[] {
  const recorded = new Map<string, RecordedEnvironment>();
  for (const { recorded: found } of stacks.flatMap(({ messengers }) => messengers))
    if (found !== undefined && !recorded.has(keyOf(found.environment)))
      recorded.set(keyOf(found.environment), found.environment);
  const deployed = [...recorded.values()];
  const names = new Set(declared.map(({ name }) => name));
  return [
    ...declared.flatMap((environment, index): readonly RecordedEnvironment[] => {
      const { name } = environment;
      const found = deployed.filter((each) => each.name === name);
      if (found.length === 0) return [environment];
      return declared.findIndex((each) => each.name === name) === index ? found : [];
    }),
    ...deployed.filter(({ name }) => !names.has(name)),
  ];
}

/** Equal for the environments of several Messengers that are one; two of one name may have different lists. */
function keyOf({ name, kind, place, allowAllDomains, allowList: { domains, late } }: RecordedEnvironment): string {
  return JSON.stringify([name, kind, place, allowAllDomains, domains, late]);
}

/** Whether a Messenger shows on the pages of an environment; without a record the names decide. */
export function isDeploymentOf(
  environment: RecordedEnvironment,
  { recorded }: DeclaredMessenger,
  stack: Pick<SynthesizedStack, "name" | "environment">,
): boolean {
  if (recorded !== undefined) return keyOf(recorded.environment) === keyOf(environment);
  return (stack.environment ?? stack.name) === environment.name;
}

/** What an audit of the public files says of a page in an environment. */
export function liveAnswers(
  host: Host,
  environment: RecordedEnvironment,
  examinations: readonly Examination[],
): readonly LiveAnswer[] {
  const found = examinations.flatMap((examination): readonly LiveAnswer[] => {
    const { stack } = examination;
    if (!("problem" in examination)) {
      return examination.messengers
        .filter(({ declared }) => isDeploymentOf(environment, declared, stack))
        .map((messenger) => answerOf(host, messenger));
    }
    if (!stack.messengers.some((declared) => isDeploymentOf(environment, declared, stack))) return [];
    const reason = messageOf(examination.problem);
    return [{ name: stack.name, served: "unknown", reason, drifts: [] }];
  });
  const { name } = environment;
  return found.length > 0
    ? found
    : [{ name, served: "refused", reason: "no stack deploys this environment", drifts: [] }];
}

function answerOf(host: Host, { audit, derived }: ExaminedMessenger): LiveAnswer {
  const declared = derived === undefined ? undefined : derived.admits(host) ? "admitted" : "refused";
  const served = servedVerdict(host, audit);
  const isSame = served.verdict === declared;
  return {
    name: audit.name,
    ...(audit.deploymentId !== undefined && { deploymentId: audit.deploymentId }),
    ...(declared !== undefined && { declared }),
    served: served.verdict,
    ...(served.reason !== undefined && { reason: served.reason }),
    drifts: isSame ? [] : concerning(host, audit.drifts),
  };
}

/** As a visitor's browser decides it, by the files that it loads. */
function servedVerdict(
  host: Host,
  { deploymentId, live }: Audit,
): { readonly verdict: Verdict; readonly reason?: string } {
  const { domains, configuration } = live.publicFiles;
  if (deploymentId === undefined || domains.outcome === "unknown-deployment") return { verdict: "refused" };
  if (domains.outcome !== "served") return { verdict: "unknown", reason: domains.reason };
  const isOff = configuration.outcome === "served" && configuration.content.status === "Inactive";
  return { verdict: !isOff && policyAdmits(domains.content, host) ? "admitted" : "refused" };
}

/** The drifts that name the host or an entry above it; where none does, the worst. */
function concerning(host: Host, drifts: readonly Drift[]): readonly Drift[] {
  const about = drifts.filter(({ message }) => {
    const entry = /"([^"]+)"/.exec(message)?.[1]?.toLowerCase();
    return entry !== undefined && (host === entry || host.endsWith(`.${entry}`));
  });
  return about.length > 0 ? about : drifts.slice(0, 1);
}
