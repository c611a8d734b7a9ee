import { type Http } from "../base/http";
import { type Deployment } from "../genesys/deployment";
import { blocksEveryPage, type DomainPolicy } from "../genesys/host-check";
import { type LiveEndpoints } from "./endpoints";
import { ApiFailure, PlatformApi } from "./platform-api";
import {
  type ApiReading,
  type LiveReading,
  type NamesakesReading,
  type NoReading,
  type PublicFile,
  PublicFiles,
  type PublishedConfiguration,
  type VersionReading,
} from "./public-files";

/** All deployments of an organisation, as the platform API lists them. */
class DeploymentList {
  readonly #byId = new Map<string, Deployment>();
  readonly #byName = new Map<string, Deployment[]>();

  constructor(deployments: Iterable<Deployment>) {
    for (const deployment of deployments) {
      const namesakes = this.#byName.get(deployment.name) ?? [];
      namesakes.push(deployment);
      this.#byName.set(deployment.name, namesakes);
      this.#byId.set(deployment.id, deployment);
    }
  }

  withId(id: string): Deployment | undefined {
    return this.#byId.get(id);
  }

  /** Those of which that is so, whatever their names are. */
  where(is: (deployment: Deployment) => boolean): readonly Deployment[] {
    return [...this.#byId.values()].filter(is);
  }

  /** Names are not unique in Genesys. */
  named(names: readonly string[]): readonly Deployment[] {
    return [...new Set(names)].flatMap((name) => this.#byName.get(name) ?? []);
  }
}

/** How an organisation is read. */
interface OrganizationOptions {
  /** Whether only the public files are read, whatever credentials there are. */
  readonly publicOnly: boolean;
}

/** What Genesys says of the deployments of one organisation. Each thing is asked once, however often it is wanted. */
export class Organization {
  private readonly deployments: () => Promise<DeploymentList | NoReading>;
  private readonly deployment: (id: string) => Promise<ApiReading>;
  private readonly versions: (configurationId: string) => Promise<VersionReading>;
  private readonly domains: (id: string) => Promise<PublicFile<DomainPolicy>>;
  private readonly configuration: (id: string) => Promise<PublicFile<PublishedConfiguration>>;

  constructor(http: Http, endpoints: LiveEndpoints, { publicOnly }: OrganizationOptions) {
    const publicFiles = new PublicFiles(http, endpoints.publicFiles);
    this.domains = once((id) => publicFiles.domains(id));
    this.configuration = once((id) => publicFiles.configuration(id));
    const { credentials } = endpoints;
    if (publicOnly || credentials === undefined) {
      const unread = Promise.resolve(notAsked(publicOnly));
      this.deployments = () => unread;
      this.deployment = () => unread;
      this.versions = () => unread;
    } else {
      const api = new PlatformApi(http, endpoints, credentials);
      const list = once(() => readList(api));
      this.deployments = () => list("");
      this.deployment = once(async (id) => readDeployment(api, await list(""), id));
      this.versions = once((id) => readVersions(api, id));
    }
  }

  /** Everything about a deployment and the configuration that it should show, where one is named. It never rejects. */
  async read(deploymentId: string, configurationId: string | undefined): Promise<Omit<LiveReading, "namesakes">> {
    const [api, versions, domains, configuration] = await Promise.all([
      this.deployment(deploymentId),
      configurationId === undefined ? anotherMessengers : this.versions(configurationId),
      this.domains(deploymentId),
      this.configuration(deploymentId),
    ]);
    return { api, versions, publicFiles: { domains, configuration } };
  }

  /** The newest published version of a configuration. It never rejects. */
  versionsOf(configurationId: string): Promise<VersionReading> {
    return this.versions(configurationId);
  }

  /**
   * The deployments that go by one of these names, and those of other names of which something else holds; one that is being deleted is
   * none any more. It never rejects.
   */
  async named(names: readonly string[], or?: (deployment: Deployment) => boolean): Promise<NamesakesReading> {
    const list = await this.deployments();
    if ("outcome" in list) return list;
    const others = or === undefined ? [] : list.where((each) => !names.includes(each.name) && or(each));
    const found = [...list.named(names), ...others];
    return { outcome: "served", deployments: found.filter(({ status }) => status !== "Deleting") };
  }
}

const anotherMessengers: NoReading = { outcome: "not-asked", reason: "the configuration belongs to another Messenger" };

function notAsked(publicOnly: boolean): NoReading {
  const reason = publicOnly
    ? "only the public files were requested"
    : "credentials are missing: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET";
  return { outcome: "not-asked", reason };
}

/**
 * What is not in the list is asked for by itself, and so is one that blocks every page: the list might just say less of a
 * deployment than its own answer, which has not been measured.
 */
async function readDeployment(api: PlatformApi, list: DeploymentList | NoReading, id: string): Promise<ApiReading> {
  if ("outcome" in list) return list;
  const listed = list.withId(id);
  if (listed !== undefined && !blocksEveryPage(listed)) return { outcome: "served", deployment: listed };
  try {
    return { outcome: "served", deployment: await api.deployment(id) };
  } catch (error) {
    return failed(error);
  }
}

/** The whole list, however few deployments are asked for: a second one of the same name may stand anywhere in it. */
async function readList(api: PlatformApi): Promise<DeploymentList | NoReading> {
  const deployments: Deployment[] = [];
  try {
    for await (const page of api.deployments()) deployments.push(...page);
    return new DeploymentList(deployments);
  } catch (error) {
    const reading = failed(error);
    // The list itself is never gone: who says so is not the platform API.
    return reading.outcome === "gone" ? { outcome: "malformed", reason: String(error) } : reading;
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
