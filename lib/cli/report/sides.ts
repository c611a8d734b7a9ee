import { type DomainPolicy } from "../../genesys/host-check";
import { type ExaminedMessenger } from "../stacks/examine";

/** What one side says of a deployment; a part that it does not say, or that could not be read, is absent. */
export interface Side {
  readonly title: string;
  readonly policy?: DomainPolicy;
  readonly configurationVersion?: string;
  readonly status?: string;
}

/** The four sides of an audit: what is derived, remembered, and served twice. */
export function sidesOf({ declared, derived, remembered, audit }: ExaminedMessenger): readonly Side[] {
  const { api, publicFiles, newestVersion } = audit.live;
  const { domains, configuration } = publicFiles;
  const published = configuration.outcome === "served" ? configuration.content : {};
  const deployment = remembered?.deployment;
  const version = remembered?.configurationVersion ?? deployment?.configuration.version;
  return [
    {
      title: "derived",
      ...(derived !== undefined && { policy: derived.policy }),
      ...(declared.status !== undefined && { status: declared.status }),
    },
    {
      title: "state",
      ...(deployment !== undefined && { policy: deployment, status: deployment.status }),
      ...(version !== undefined && { configurationVersion: version }),
    },
    {
      title: "API",
      ...(api.outcome === "served" && {
        policy: api.deployment,
        status: api.deployment.status,
        configurationVersion: withNewest(api.deployment.configuration.version, newestVersion),
      }),
    },
    {
      title: "public files",
      ...(domains.outcome === "served" && { policy: domains.content }),
      ...(published.version !== undefined && { configurationVersion: published.version }),
      ...(published.status !== undefined && { status: published.status }),
    },
  ];
}

function withNewest(version: string, newest: string | undefined): string {
  return newest === undefined || newest === version ? version : `${version}, newest ${newest}`;
}
