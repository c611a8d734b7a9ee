import { type Deployment } from "../genesys/deployment";
import { type DomainPolicy, policyAdmits } from "../genesys/host-check";
import { type Drift } from "./drift";
import { type PublicReading } from "./reading";

/** What visitors' browsers have not been told yet of what the API says already. How long that takes is unknown. */
export function propagation(api: Deployment, { domains, configuration }: PublicReading): readonly Drift[] {
  if (domains.outcome === "unknown-deployment") {
    return [late("the public files do not know the deployment yet: no page shows the Messenger")];
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
