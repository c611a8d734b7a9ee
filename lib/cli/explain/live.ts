import { policyAdmits } from "../../genesys/host-check";
import { type Audit } from "../../audit/audit";
import { type Drift } from "../../audit/drift";
import { type Host } from "../../origins/hostname";
import { type NextEnvironment } from "../../sources/next-environment";
import { type Examination, type ExaminedMessenger } from "../../operations/examine";
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

/** What an audit of the public files says of a page in an environment. */
export function liveAnswers(
  host: Host,
  { name }: NextEnvironment,
  examinations: readonly Examination[],
): readonly LiveAnswer[] {
  const own = examinations.filter(({ stack }) => (stack.environment ?? stack.name) === name);
  const found = own.flatMap((examination): readonly LiveAnswer[] => {
    if (!("problem" in examination)) return examination.messengers.map((messenger) => answerOf(host, messenger));
    const { stack, problem } = examination;
    const reason = messageOf(problem);
    return [{ name: stack.name, served: "unknown", reason, drifts: [] }];
  });
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
