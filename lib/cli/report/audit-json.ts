import { type DomainPolicy } from "../../genesys/host-check";
import { type Audit } from "../../live";
import { type AllowList, type Place } from "../../origins";
import { type Examination } from "../stacks/examine";
import { messageOf } from "../user-error";

/** The list that the program derives, and who asked for each entry. */
export interface DerivedJson {
  readonly allowAllDomains: boolean;
  readonly allowedDomains: readonly { readonly domain: string; readonly sources: readonly Place[] }[];
}

/** One element of what `origins audit --json` prints: a Messenger. */
export interface AuditJson extends Omit<Audit, "live"> {
  readonly stack: string;
  /** The application's environment; absent where the stack names none. */
  readonly environment?: string;
  /** Absent where a Terraform expression decides the list. */
  readonly derived?: DerivedJson;
  /** What Terraform's state remembers; absent where it was never deployed. */
  readonly state?: DomainPolicy & { readonly configurationVersion: string; readonly status: string };
  readonly live: Audit["live"];
}

/** A stack that could not be audited. */
export interface AuditProblemJson {
  readonly name: string;
  readonly stack: string;
  readonly verdict: "unknown";
  readonly problem: string;
}

/** What `origins audit --json` prints of one stack. */
export function auditJson(examination: Examination): readonly (AuditJson | AuditProblemJson)[] {
  const { stack } = examination;
  if ("problem" in examination) {
    const { problem } = examination;
    const message = messageOf(problem);
    return [{ name: stack.name, stack: stack.name, verdict: "unknown", problem: message }];
  }
  return examination.messengers.map(({ audit, derived, remembered }) => {
    const { live, ...findings } = audit;
    return {
      ...findings,
      stack: stack.name,
      ...(stack.environment !== undefined && { environment: stack.environment }),
      ...(derived !== undefined && { derived: derivedJson(derived) }),
      ...(remembered !== undefined && {
        state: {
          allowAllDomains: remembered.deployment.allowAllDomains,
          allowedDomains: remembered.deployment.allowedDomains,
          configurationVersion: remembered.configurationVersion ?? remembered.deployment.configuration.version,
          status: remembered.deployment.status,
        },
      }),
      live,
    };
  });
}

function derivedJson({ allowAllDomains, entries }: AllowList): DerivedJson {
  const allowedDomains = entries.map(({ host, sources }) => ({
    domain: host,
    sources: sources.map(({ place }) => place),
  }));
  return { allowAllDomains, allowedDomains };
}
