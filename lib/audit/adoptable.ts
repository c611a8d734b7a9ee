import { editDistance } from "../base/edit-distance";
import { type Http } from "../base/http";
import { type Deployment } from "../genesys/deployment";
import { type Credentials, type LiveEndpoints } from "../platform/endpoints";
import { type JsonObject } from "../platform/json-fields";
import { ApiFailure, PlatformApi } from "../platform/platform-api";
import { type NoReading } from "../platform/public-files";

/** A deployment that a program could take over, and what belongs to it, as the API answers it. */
export interface Adoptable {
  readonly deployment: Deployment;
  readonly answer: JsonObject;
  /** The version of the configuration that pages show. */
  readonly shown: JsonObject;
  /** The one that was published last. */
  readonly newest: JsonObject;
  /** What was edited after it, or is the same; absent where the API has none. */
  readonly draft?: JsonObject;
  /** The other deployments that show the configuration. */
  readonly sharing: readonly Deployment[];
}

/** What came of looking for one. */
export type AdoptableReading =
  | { readonly outcome: "found"; readonly adoptable: Adoptable }
  /** Names are not unique. */
  | { readonly outcome: "ambiguous"; readonly deployments: readonly Deployment[] }
  /** Nothing has that id or name; the ones that come nearest to it, the nearest first. */
  | { readonly outcome: "unknown"; readonly nearest: readonly Deployment[]; readonly count: number }
  | NoReading;

/** Looks for a deployment by its id or its exact name, and reads what belongs to it. It never rejects. */
export async function readAdoptable(
  http: Http,
  endpoints: LiveEndpoints & { readonly credentials: Credentials },
  idOrName: string,
): Promise<AdoptableReading> {
  try {
    const api = new PlatformApi(http, endpoints, endpoints.credentials);
    const all: Deployment[] = [];
    for await (const page of api.deployments()) all.push(...page);
    const byId = all.filter(({ id }) => id === idOrName.trim().toLowerCase());
    const found = byId.length > 0 ? byId : all.filter(({ name }) => name === idOrName);
    const [deployment, ...others] = found;
    if (deployment === undefined) return { outcome: "unknown", nearest: nearest(all, idOrName), count: all.length };
    if (others.length > 0) return { outcome: "ambiguous", deployments: found };
    return { outcome: "found", adoptable: await readAll(api, deployment, all) };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { outcome: error.outcome === "gone" ? "malformed" : error.outcome, reason: error.message };
  }
}

async function readAll(api: PlatformApi, deployment: Deployment, all: readonly Deployment[]): Promise<Adoptable> {
  const { id, version } = deployment.configuration;
  const [answer, shown, number] = await Promise.all([
    api.deploymentAnswer(deployment.id),
    api.configurationVersion(id, version),
    api.newestVersion(id),
  ]);
  const [newest, draft] = await Promise.all([
    number === undefined || number === version ? shown : api.configurationVersion(id, number),
    draftOf(api, id),
  ]);
  const sharing = all.filter((other) => other.configuration.id === id && other.id !== deployment.id);
  return { deployment, answer, shown, newest, ...(draft !== undefined && { draft }), sharing };
}

async function draftOf(api: PlatformApi, id: string): Promise<JsonObject | undefined> {
  try {
    return await api.configurationVersion(id, "draft");
  } catch (error) {
    if (error instanceof ApiFailure && error.outcome === "gone") return undefined;
    throw error;
  }
}

/** As many as a person reads: names that hold the one that was asked for, or are spelled much like it. */
function nearest(all: readonly Deployment[], asked: string): readonly Deployment[] {
  const wanted = asked.trim().toLowerCase();
  const far = Math.max(2, Math.floor(wanted.length / 3));
  return all
    .map((deployment) => {
      const name = deployment.name.toLowerCase();
      const holds = name.includes(wanted) || wanted.includes(name);
      return { deployment, distance: holds ? 0 : (editDistance(name, wanted, far) ?? Infinity) };
    })
    .filter(({ distance }) => distance <= far)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 5)
    .map(({ deployment }) => deployment);
}
