import { type Adoptable, Http, liveEndpoints, type LiveEndpoints, readAdoptable } from "../../live";
import { type Deployment } from "../../genesys/deployment";
import { unlessInterrupted } from "../stacks/step";
import { errorMessage, UserError } from "../../base/errors";

/** Where to look. */
export interface ReadOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly interruption: AbortSignal;
  /** The AWS name of the region; it wins over the variable. */
  readonly region?: string;
}

/**
 * The deployment of that id or name, with what belongs to it.
 *
 * @throws UserError when there is none, or several; when there are no credentials, or Genesys Cloud does not answer
 */
export async function findAdoptable(idOrName: string, options: ReadOptions): Promise<Adoptable> {
  const endpoints = endpointsIn(options);
  const { credentials } = endpoints;
  if (credentials === undefined) {
    throw new UserError(
      "There are no credentials for the platform API: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET " +
        "(or GENESYSCLOUD_ACCESS_TOKEN), and GENESYSCLOUD_REGION.",
    );
  }
  const reading = await unlessInterrupted(options.interruption, () =>
    readAdoptable(new Http(), { ...endpoints, credentials }, idOrName),
  );
  switch (reading.outcome) {
    case "found":
      if (reading.adoptable.deployment.status === "Deleting") {
        throw new UserError(`"${reading.adoptable.deployment.name}" is being deleted: there is nothing to adopt.`);
      }
      return reading.adoptable;
    case "ambiguous":
      throw new UserError(
        `${reading.deployments.length} deployments are called "${idOrName}".\n\n` +
          `Name the one that you mean by its id:\n${lines(reading.deployments)}`,
      );
    case "unknown":
      throw new UserError(unknownDeployment(idOrName, reading.nearest, reading.count));
    case "not-asked":
    case "refused":
    case "blocked-by-proxy":
    case "malformed":
    case "unreachable":
      throw new UserError(`The deployment could not be read: ${reading.reason}.`);
  }
}

function endpointsIn({ environment, region }: ReadOptions): LiveEndpoints {
  try {
    // A stack says whether it has a gateway; here the variable does.
    const gateway = (environment["GENESYSCLOUD_GATEWAY_HOST"] ?? "") !== "";
    return liveEndpoints(environment, { gateway, ...(region !== undefined && { awsRegion: region }) });
  } catch (error) {
    throw new UserError(`Where Genesys Cloud answers is not known: ${errorMessage(error)}.`);
  }
}

function unknownDeployment(asked: string, nearest: readonly Deployment[], count: number): string {
  const what = `The organisation has no deployment with the id or the name "${asked}"`;
  if (count === 0) return `${what}: it has none at all.\n\nIs GENESYSCLOUD_REGION the region of your organisation?`;
  return nearest.length === 0
    ? `${what}; it has ${count}.\n\nAdmin > Message > Messenger Deployments shows them. Is it the right organisation?`
    : `${what}.\n\nDo you mean:\n${lines(nearest)}`;
}

function lines(deployments: readonly Deployment[]): string {
  return deployments
    .map(({ id, name, status, configuration }) => `  ${id}  "${name}", ${status}, configuration ${configuration.id}`)
    .join("\n");
}
