import { type Deployment } from "../genesys/deployment";
import { type DomainPolicy, policyAdmits } from "../genesys/host-check";
import { type LiveReading, type NoReading, type PublicReading } from "../platform/public-files";
import { type Adoptee, type Audit, type AuditSubject } from "./audit";
import { compareAdoption, isGone } from "./compare-adoption";
import { compareAttributes, compareConfiguration } from "./compare-configuration";
import { compareDomains, gainedEntries, lostHosts, wantedDomains } from "./compare-domains";
import { compareNamesakes } from "./compare-namesakes";
import { compareStatus, type Drift, worstFirst } from "./drift";

/** What visitors' browsers have not been told yet of what the API says already. How long that takes is unknown. */
function propagation(api: Deployment, { domains, configuration }: PublicReading): readonly Drift[] {
  if (domains.outcome === "unknown-deployment") {
    return [late("the public files do not contain the deployment yet: no page shows the Messenger")];
  }
  const drifts: Drift[] = [];
  if (configuration.outcome === "unknown-deployment") {
    drifts.push(late("the public file config.json does not exist yet: no page shows the Messenger"));
  }
  if (domains.outcome === "served") drifts.push(...lateDomains(api, domains.content));
  if (configuration.outcome === "served") {
    const { version = api.configuration.version, status = api.status } = configuration.content;
    if (version !== api.configuration.version) {
      const now = `version ${version} of the configuration instead of ${api.configuration.version}`;
      drifts.push(late(`the public file config.json still says ${now}: visitors still see that one`));
    }
    if (status !== api.status) {
      const effect = status === "Active" ? "pages still show the Messenger" : "pages still show no Messenger";
      drifts.push(late(`the public file config.json still says ${status} instead of ${api.status}: ${effect}`));
    }
  }
  return drifts;
}

/** Order and repetition mean nothing to a visitor. */
function lateDomains(api: DomainPolicy, file: DomainPolicy): readonly Drift[] {
  if (api.allowAllDomains !== file.allowAllDomains) {
    const effect = file.allowAllDomains
      ? "every page still shows the Messenger"
      : "only pages of the old list show the Messenger";
    return [late(`the public file domains.json is still the old one: ${effect}`)];
  }
  const blocked = api.allowedDomains.filter((entry) => !policyAdmits(file, entry));
  const admitted = file.allowedDomains.filter((entry) => !policyAdmits(api, entry));
  const effects = [
    ...(blocked.length > 0 ? [`pages of ${enumerate(blocked)} are still blocked`] : []),
    ...(admitted.length > 0 ? [`pages of ${enumerate(admitted)} still show the Messenger`] : []),
  ];
  return effects.length === 0
    ? []
    : [late(`the public file domains.json is still the old one: ${effects.join(", and ")}`)];
}

function late(message: string): Drift {
  return { kind: "propagation", mendedBy: "time", message };
}

function enumerate(entries: readonly string[]): string {
  return entries.map((entry) => `"${entry}"`).join(", ");
}

type Outcome = { readonly outcome: string } | NoReading;

/** What an audit needed and did not get: as long as it is not known, the deployment must not be called equal. */
export function unread(
  { state, stateConfigurationVersion }: AuditSubject,
  { api, versions, publicFiles }: LiveReading,
): readonly Drift[] {
  const { domains, configuration } = publicFiles;
  const files = [domains, configuration].map(reasonOf);
  if (api.outcome === "not-asked") return [...drifts("unreachable", [...files, withoutConfiguration(publicFiles)])];
  // The versions of a configuration that this stack does not have decide nothing.
  const isDecisive =
    versions.outcome !== "not-asked" && (state === undefined || stateConfigurationVersion !== undefined);
  const asked = isDecisive ? [reasonOf(api), reasonOf(versions)] : [reasonOf(api)];
  // Terraform and repairs do without the public files, but no one knows what visitors are told.
  const told = files.map((reason) => reason && `what visitors' browsers receive could not be read: ${reason}`);
  return [...drifts("unreachable", asked), ...drifts("public-files-unread", told)];
}

/** The same of what was never deployed. */
export function unreadNamesakes({ namesakes, versions }: LiveReading): readonly Drift[] {
  const asked = [namesakes, versions].filter(({ outcome }) => outcome !== "not-asked");
  return drifts("unreachable", asked.map(reasonOf));
}

function drifts(
  kind: "unreachable" | "public-files-unread",
  messages: readonly (string | undefined)[],
): readonly Drift[] {
  return [...new Set(messages)].flatMap((message) =>
    message === undefined ? [] : { kind, mendedBy: "person", message },
  );
}

/** What an audit could not check, in words: this must not be taken for equality. */
export function unchecked({ derived }: AuditSubject, { api }: LiveReading): readonly string[] {
  const notes: string[] = [];
  if (derived === undefined) {
    notes.push("a Terraform expression decides the list: the live one was compared with what Terraform last wrote");
  }
  if (api.outcome === "not-asked") {
    const unseen =
      "name, description, flow, supported content, newer versions of the configuration, and second deployments";
    notes.push(`the platform API was not read (${api.reason}): ${unseen} were not checked`);
  }
  return notes;
}

/** The same of what was never deployed: a deploy that was cut short may have made it all the same. */
export function uncheckedNamesakes({ namesakes }: LiveReading): readonly string[] {
  const reason = namesakes.outcome === "not-asked" ? namesakes.reason : undefined;
  return reason === undefined ? [] : [`could not check whether an interrupted deploy created it: ${reason}`];
}

function withoutConfiguration({ domains, configuration }: LiveReading["publicFiles"]): string | undefined {
  return domains.outcome === "served" && configuration.outcome === "unknown-deployment"
    ? "the public file config.json does not exist, although domains.json does: cannot determine whether the Messenger starts"
    : undefined;
}

function reasonOf(reading: Outcome): string | undefined {
  return "reason" in reading ? reading.reason : undefined;
}

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
  const remedy = "a deploy creates another one under a new id, which every page must then use";
  const message =
    api.outcome === "gone"
      ? `the deployment "${id}" no longer exists, and no page shows the Messenger: ${remedy}`
      : `the public files of the region have no deployment "${id}": no page shows the Messenger; unless the region is wrong, ${remedy}`;
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
