import { type AuditSubject } from "./audit";
import { type Drift } from "./drift";
import { type LiveReading, type NoReading } from "./reading";

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
  const told = files.map((reason) => reason && `what visitors' browsers are told could not be read: ${reason}`);
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

/** What an audit did without, in words: nobody must take that for equality. */
export function unchecked({ derived }: AuditSubject, { api }: LiveReading): readonly string[] {
  const notes: string[] = [];
  if (derived === undefined) {
    notes.push("a Terraform expression decides the list: the live one was compared with what Terraform last wrote");
  }
  if (api.outcome === "not-asked") {
    const unseen =
      "name, description, flow, supported content, newer versions of the configuration, and second deployments";
    notes.push(`the platform API was not asked (${api.reason}): ${unseen} were not looked at`);
  }
  return notes;
}

/** The same of what was never deployed: a deploy that was cut short may have made it all the same. */
export function uncheckedNamesakes({ namesakes }: LiveReading): readonly string[] {
  const reason = namesakes.outcome === "not-asked" ? namesakes.reason : undefined;
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
