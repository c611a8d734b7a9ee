import { type Deployment } from "../genesys/deployment";
import { blocksEveryPage, type DomainPolicy } from "../genesys/host-check";
import { ApiFailure } from "./api-failure";
import { type LiveEndpoints } from "./endpoints";
import { type Http } from "./http";
import { PlatformApi } from "./platform-api";
import { PublicFiles } from "./public-files";
import {
  type ApiReading,
  type LiveReading,
  type NoReading,
  type PublicFile,
  type PublishedConfiguration,
  type VersionReading,
} from "./reading";

/** Up to so many deployments are asked for one by one; more of them cost fewer calls as a list, and calls are counted. */
const mostSingleReads = 8;

/** How an organisation is read. */
export interface OrganizationOptions {
  /** The deployments that will be asked for. */
  readonly wanted: ReadonlySet<string>;
  /** Whether only the public files are read, whatever credentials there are. */
  readonly publicOnly: boolean;
}

/** What Genesys says of the deployments of one organisation. Each thing is asked once, however often it is wanted. */
export class Organization {
  private readonly deployment: (id: string) => Promise<ApiReading>;
  private readonly versions: (configurationId: string) => Promise<VersionReading>;
  private readonly domains: (id: string) => Promise<PublicFile<DomainPolicy>>;
  private readonly configuration: (id: string) => Promise<PublicFile<PublishedConfiguration>>;

  constructor(http: Http, endpoints: LiveEndpoints, { wanted, publicOnly }: OrganizationOptions) {
    const publicFiles = new PublicFiles(http, endpoints.publicFiles);
    this.domains = once((id) => publicFiles.domains(id));
    this.configuration = once((id) => publicFiles.configuration(id));
    const { credentials } = endpoints;
    if (publicOnly || credentials === undefined) {
      const nobody = Promise.resolve(nobodyToAskAs(publicOnly));
      this.deployment = () => nobody;
      this.versions = () => nobody;
    } else {
      const api = new PlatformApi(http, endpoints, credentials);
      this.deployment = wanted.size > mostSingleReads ? fromList(api, wanted) : once((id) => readOne(api, id));
      this.versions = once((id) => readVersions(api, id));
    }
  }

  /** Everything about a deployment and the configuration that it should show. It never rejects. */
  async read(deploymentId: string, configurationId: string): Promise<LiveReading> {
    const [api, versions, domains, configuration] = await Promise.all([
      this.deployment(deploymentId),
      this.versions(configurationId),
      this.domains(deploymentId),
      this.configuration(deploymentId),
    ]);
    return { api, versions, publicFiles: { domains, configuration } };
  }
}

function nobodyToAskAs(publicOnly: boolean): NoReading {
  const reason = publicOnly
    ? "only the public files were to be read"
    : "there are no credentials: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET";
  return { outcome: "not-asked", reason };
}

async function readOne(api: PlatformApi, id: string): Promise<ApiReading> {
  try {
    return { outcome: "served", deployment: await api.deployment(id) };
  } catch (error) {
    return failed(error);
  }
}

/**
 * Reads the list up to the last deployment that is wanted. What is not in it is asked for by itself, and so is one that blocks
 * every page: the list might just say less of a deployment than its own answer, which nobody has measured.
 */
function fromList(api: PlatformApi, wanted: ReadonlySet<string>): (id: string) => Promise<ApiReading> {
  let listed: Promise<ReadonlyMap<string, Deployment> | NoReading> | undefined;
  return once(async (id) => {
    const list = await (listed ??= readList(api, wanted));
    if ("outcome" in list) return list;
    const deployment = list.get(id);
    return deployment === undefined || blocksEveryPage(deployment)
      ? readOne(api, id)
      : { outcome: "served", deployment };
  });
}

async function readList(
  api: PlatformApi,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Deployment> | NoReading> {
  const found = new Map<string, Deployment>();
  try {
    for await (const page of api.deployments()) {
      for (const deployment of page) if (wanted.has(deployment.id)) found.set(deployment.id, deployment);
      if (found.size === wanted.size) break;
    }
    return found;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    // The list itself is never gone: who says so is not the platform API.
    return { outcome: error.outcome === "gone" ? "malformed" : error.outcome, reason: error.message };
  }
}

async function readVersions(api: PlatformApi, configurationId: string): Promise<VersionReading> {
  try {
    const newest = await api.newestVersion(configurationId);
    return { outcome: "served", ...(newest !== undefined && { newest }) };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): NoReading | { readonly outcome: "gone" } {
  if (!(error instanceof ApiFailure)) throw error;
  return error.outcome === "gone" ? { outcome: "gone" } : { outcome: error.outcome, reason: error.message };
}

/** The same promise for the same id. */
function once<Result>(read: (id: string) => Promise<Result>): (id: string) => Promise<Result> {
  const readings = new Map<string, Promise<Result>>();
  return (id) => {
    const known = readings.get(id) ?? read(id);
    readings.set(id, known);
    return known;
  };
}
