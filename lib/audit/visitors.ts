import { Http } from "../base/http";
import { type DomainPolicy } from "../genesys/host-check";
import { type LiveEndpoints } from "../platform/endpoints";
import { ApiFailure, PlatformApi } from "../platform/platform-api";
import { type ApiReading, PublicFiles, type PublicReading } from "../platform/public-files";
import { type Audit } from "./audit";

/** What decides now where visitors of a deployment meet a Messenger, and who said so. */
export type LiveState =
  | {
      readonly outcome: "served";
      readonly source: LiveSource;
      readonly policy: DomainPolicy;
      /** Absent where the source does not say it. */
      readonly status?: string;
    }
  /** The deployment does not exist. */
  | { readonly outcome: "gone"; readonly source: LiveSource }
  | { readonly outcome: "unknown"; /** In words, for a person. */ readonly reason: string };

/** Who was asked. */
type LiveSource = "the platform API" | "the public files";

/** What an audit read. */
export function liveStateOf({ live }: Pick<Audit, "live">): LiveState {
  return stateOf(live.api, live.publicFiles);
}

/** The platform API decides; where it did not answer, the public files do. */
function stateOf(api: ApiReading, { domains, configuration }: PublicReading): LiveState {
  if (api.outcome === "served") {
    const { deployment } = api;
    return { outcome: "served", source: "the platform API", policy: deployment, status: deployment.status };
  }
  if (api.outcome === "gone") return { outcome: "gone", source: "the platform API" };
  if (domains.outcome === "unknown-deployment") return { outcome: "gone", source: "the public files" };
  if (domains.outcome !== "served") return { outcome: "unknown", reason: `${api.reason}, and ${domains.reason}` };
  const { status } = configuration.outcome === "served" ? configuration.content : {};
  return {
    outcome: "served",
    source: "the public files",
    policy: domains.content,
    ...(status !== undefined && { status }),
  };
}

/** Reads single deployments, without the list of all that an audit needs. */
export class LiveStates {
  private readonly clients = new Map<string, PlatformApi>();

  constructor(private readonly http = new Http()) {}

  /** It never rejects for what Genesys or the network does. */
  async read(endpoints: LiveEndpoints, deploymentId: string): Promise<LiveState> {
    const api = await this.deployment(endpoints, deploymentId);
    if (api.outcome === "served" || api.outcome === "gone") return stateOf(api, notNeeded);
    const files = new PublicFiles(this.http, endpoints.publicFiles);
    const [domains, configuration] = await Promise.all([
      files.domains(deploymentId),
      files.configuration(deploymentId),
    ]);
    return stateOf(api, { domains, configuration });
  }

  private async deployment(endpoints: LiveEndpoints, id: string): Promise<ApiReading> {
    const { credentials, ...addresses } = endpoints;
    if (credentials === undefined)
      return { outcome: "not-asked", reason: "credentials for the platform API are missing" };
    const key = JSON.stringify([addresses, Object.entries(credentials).sort()]);
    const client = this.clients.get(key) ?? new PlatformApi(this.http, endpoints, credentials);
    this.clients.set(key, client);
    try {
      return { outcome: "served", deployment: await client.deployment(id) };
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      return { outcome: error.outcome, reason: error.message };
    }
  }
}

const unread = { outcome: "not-asked", reason: "the platform API has answered" } as const;
const notNeeded: PublicReading = { domains: unread, configuration: unread };
