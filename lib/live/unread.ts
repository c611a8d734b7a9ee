import { type AuditSubject } from "./audit";
import { type Drift } from "./drift";
import { type LiveReading, type NoReading } from "./reading";

type Outcome = { readonly outcome: string } | NoReading;

/** What an audit needed and did not get: as long as it is not known, nobody may call the deployment equal. */
export function unread(
  { stateConfigurationVersion }: AuditSubject,
  { api, versions, publicFiles: { domains, configuration } }: LiveReading,
): readonly Drift[] {
  const reasons =
    api.outcome === "not-asked"
      ? [reasonOf(domains), reasonOf(configuration), withoutConfiguration({ domains, configuration })]
      : [reasonOf(api), ...(stateConfigurationVersion === undefined ? [] : [reasonOf(versions)])];
  return [...new Set(reasons)].flatMap((message) =>
    message === undefined ? [] : { kind: "unreachable", mendedBy: "person", message },
  );
}

/** What an audit did without, in words: nobody must take that for equality. */
export function unchecked({ derived }: AuditSubject, { api, publicFiles }: LiveReading): readonly string[] {
  const notes: string[] = [];
  if (derived === undefined) {
    notes.push("a Terraform expression decides the list: the live one was compared with what Terraform last wrote");
  }
  if (api.outcome === "not-asked") {
    const unseen =
      "name, description, flow, supported content, newer versions of the configuration, and second deployments";
    notes.push(`the platform API was not asked (${api.reason}): ${unseen} were not looked at`);
    return notes;
  }
  const reasons = new Set([reasonOf(publicFiles.domains), reasonOf(publicFiles.configuration)]);
  for (const reason of reasons) {
    if (reason !== undefined) notes.push(`what visitors' browsers are told was not looked at: ${reason}`);
  }
  return notes;
}

/** The same of what was never deployed: a deploy that was cut short may have made it all the same. */
export function uncheckedNamesakes({ namesakes }: LiveReading): readonly string[] {
  const reason = reasonOf(namesakes);
  return reason === undefined
    ? []
    : [`whether an earlier deploy was cut short and made it was not looked at: ${reason}`];
}

function withoutConfiguration({ domains, configuration }: LiveReading["publicFiles"]): string | undefined {
  return domains.outcome === "served" && configuration.outcome === "unknown-deployment"
    ? "the public file config.json does not exist, although domains.json does: whether the Messenger starts cannot be told"
    : undefined;
}

function reasonOf(reading: Outcome): string | undefined {
  return "reason" in reading ? reading.reason : undefined;
}
