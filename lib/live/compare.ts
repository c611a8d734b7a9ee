import { type DomainPolicy } from "../genesys/host-check";
import { type Adoptee, type Audit, type AuditSubject } from "./audit";
import { compareAdoption, isGone } from "./compare-adoption";
import { compareAttributes } from "./compare-attributes";
import { compareConfiguration } from "./compare-configuration";
import { compareNamesakes } from "./compare-namesakes";
import { compareDomains, gainedEntries, lostHosts, wantedDomains } from "./compare-domains";
import { compareStatus } from "./compare-status";
import { type Drift, worstFirst } from "./drift";
import { propagation } from "./propagation";
import { type LiveReading } from "./reading";
import { unchecked, uncheckedNamesakes, unread, unreadNamesakes } from "./unread";

const nothingAllowed: DomainPolicy = { allowAllDomains: false, allowedDomains: [] };

/** What is live as far as it is known: the API's word, or the public files' where the API gave none. */
interface Seen {
  readonly gone: boolean;
  readonly policy?: DomainPolicy | undefined;
  readonly configuration?: { readonly id?: string; readonly version: string } | undefined;
  readonly status?: string | undefined;
}

/** Lays side by side what a program wants, what Terraform's state remembers and what Genesys says. */
export function compare(subject: AuditSubject, reading: LiveReading): Audit {
  const { state, stateEmptied } = subject;
  if (stateEmptied !== undefined) {
    const found = compare({ ...subject, stateEmptied: undefined }, reading);
    const drift: Drift = { kind: "state-emptied", mendedBy: "repair", message: stateEmptied };
    return { ...found, drifts: worstFirst([drift, ...found.drifts]), verdict: worse(found.verdict) };
  }
  if (state === undefined) {
    return subject.adoptee === undefined
      ? neverDeployed(subject, reading)
      : notYetAdopted(subject, subject.adoptee, reading);
  }
  const seen = seenIn(reading);
  const wanted = wantedDomains(subject.derived, state);
  const drifts = [...unread(subject, reading)];
  if (seen.gone) {
    drifts.push(gone(state.id, reading));
  } else {
    if (seen.policy !== undefined) drifts.push(...compareDomains(wanted, seen.policy));
    if (seen.status !== undefined) drifts.push(...compareStatus(seen.status, subject.status));
  }
  const { configuration: remembered } = state;
  const { stateConfigurationVersion: published, configurationStack: madeBy } = subject;
  drifts.push(
    ...compareConfiguration({ remembered, published, madeBy, live: seen.configuration, versions: reading.versions }),
  );
  drifts.push(...(subject.pending ?? []));
  if (reading.api.outcome === "served") {
    drifts.push(...compareAttributes(state, reading.api.deployment));
    drifts.push(...propagation(reading.api.deployment, reading.publicFiles));
  }
  const { drifts: copies, notes } = compareNamesakes(subject, reading, { gone: seen.gone });
  drifts.push(...copies);
  const judged = seen.gone ? nothingAllowed : seen.policy;
  return {
    ...outline(subject, reading, drifts),
    lost: judged === undefined ? [] : lostHosts(wanted.list, judged),
    gained: judged === undefined ? [] : gainedEntries(wanted.list, judged),
    unchecked: unchecked(subject, reading),
    notes: [...notes, ...(subject.notes ?? [])],
  };
}

function worse(verdict: Audit["verdict"]): Audit["verdict"] {
  return verdict === "equal" ? "drift" : verdict;
}

function neverDeployed(subject: AuditSubject, reading: LiveReading): Audit {
  const message = "it was never deployed: no page shows the Messenger";
  const { drifts, notes } = compareNamesakes(subject, reading, { gone: true });
  const found: readonly Drift[] = [
    ...unreadNamesakes(reading),
    ...(drifts.length > 0 ? drifts : [{ kind: "not-deployed", mendedBy: "deploy", message } as const]),
    ...(subject.pending ?? []),
  ];
  const blindness = { unchecked: uncheckedNamesakes(reading), notes };
  return { ...outline(subject, reading, found), lost: [], gained: [], ...blindness };
}

function notYetAdopted(subject: AuditSubject, adoptee: Adoptee, reading: LiveReading): Audit {
  const { derived, declared, status, stateIds } = subject;
  const { policy } = isGone(reading) ? {} : seenIn(reading);
  const adoption = compareAdoption({ adoptee, derived, declared, status, stateIds }, reading);
  const drifts = [...unread(subject, reading), ...adoption];
  return {
    ...outline(subject, reading, drifts),
    lost: policy === undefined || derived === undefined ? [] : lostHosts(derived, policy),
    gained: policy === undefined || derived === undefined ? [] : gainedEntries(derived, policy),
    unchecked: unchecked(subject, reading),
    notes: compareNamesakes(subject, reading, { gone: true }).notes,
  };
}

function gone(id: string, { api }: LiveReading): Drift {
  const remedy = "a deploy makes another one under a new id, which every page must be told";
  const message =
    api.outcome === "gone"
      ? `the deployment "${id}" does not exist any more, and no page shows the Messenger: ${remedy}`
      : `the public files of the region know no deployment "${id}": no page shows the Messenger; unless the region is a wrong one, ${remedy}`;
  return { kind: "deployment-gone", mendedBy: "deploy", message };
}

function outline(
  subject: AuditSubject,
  reading: LiveReading,
  drifts: readonly Drift[],
): Omit<Audit, "lost" | "gained" | "unchecked" | "notes"> {
  const { api, publicFiles, versions } = reading;
  const unknown = drifts.some(({ kind }) => kind === "unreachable" || kind === "public-files-unread");
  return {
    name: subject.name,
    deploymentId: subject.state?.id ?? subject.adoptee?.deploymentId,
    verdict: unknown ? "unknown" : drifts.length > 0 ? "drift" : "equal",
    drifts: worstFirst(drifts),
    live: {
      api,
      publicFiles,
      ...(versions.outcome === "served" &&
        (versions.newest === undefined ? { neverPublished: true } : { newestVersion: versions.newest })),
    },
  };
}

function seenIn({ api, publicFiles: { domains, configuration } }: LiveReading): Seen {
  if (api.outcome === "gone") return { gone: true };
  if (api.outcome === "served") {
    const { deployment } = api;
    return { gone: false, policy: deployment, configuration: deployment.configuration, status: deployment.status };
  }
  if (domains.outcome === "unknown-deployment") return { gone: true };
  const { version, status } = configuration.outcome === "served" ? configuration.content : {};
  return {
    gone: false,
    policy: domains.outcome === "served" ? domains.content : undefined,
    configuration: version === undefined ? undefined : { version },
    status,
  };
}
