import { type AwsRegion } from "../genesys/regions";
import { defaultRegion, regionOf } from "./region";

/**
 * What a Next.js application needs to know of its Messenger, under names that Next.js hands to the browser. They are
 * frozen at `next build`: a build that is promoted to another environment keeps the deployment it was built with.
 */
export interface MessengerEnvironmentVariables {
  /** What the snippet calls the region, such as `prod-euc1`. */
  readonly NEXT_PUBLIC_GENESYS_ENVIRONMENT: string;
  /** The deployment's id; known after the first deploy. */
  readonly NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: string;
}

/**
 * The variables of a deployment, to be set where the application is built.
 *
 * @throws when the region is not one of Genesys Cloud's
 */
export function messengerEnvironmentVariables({
  deploymentId,
  region = defaultRegion,
}: {
  readonly deploymentId: string;
  readonly region?: AwsRegion;
}): MessengerEnvironmentVariables {
  return {
    NEXT_PUBLIC_GENESYS_ENVIRONMENT: regionOf(region).environment,
    NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: deploymentId,
  };
}
