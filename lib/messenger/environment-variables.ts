import { nonEmpty, object, required } from "../base/shape";
import { type AwsRegion } from "../genesys/regions";
import { checkCall } from "./property-check";
import { defaultRegion, regionOf, regionShape } from "./region";

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

/** A deployment and where it is. */
interface Located {
  readonly deploymentId: string;
  readonly region?: AwsRegion;
}

const shape = object<Located>({ deploymentId: required(nonEmpty("the deployment's id")), region: regionShape });

/**
 * The variables of a deployment, to be set where the application is built.
 *
 * @throws when a property is of the wrong form; all such mistakes at once
 */
export function messengerEnvironmentVariables(props: Located): MessengerEnvironmentVariables {
  checkCall("messengerEnvironmentVariables", [["properties", shape, props]]);
  const { deploymentId, region = defaultRegion } = props;
  return {
    NEXT_PUBLIC_GENESYS_ENVIRONMENT: regionOf(region).environment,
    NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: deploymentId,
  };
}
