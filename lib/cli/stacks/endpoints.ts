import { liveEndpoints, type LiveEndpoints } from "../../live";
import { type SynthesizedStack } from "../../terraform";
import { errorMessage, UserError } from "../../base/errors";

/**
 * Where a stack's organisation answers, and who asks.
 *
 * @throws UserError for a region that is none
 */
export function endpointsOf(stack: SynthesizedStack, environment: NodeJS.ProcessEnv): LiveEndpoints {
  try {
    return liveEndpoints(environment, stack);
  } catch (error) {
    const reason = errorMessage(error);
    throw new UserError(`Where Genesys Cloud answers for the stack "${stack.name}" is not known: ${reason}.`);
  }
}

/** What to set where the platform API cannot be asked. */
export const noCredentials =
  "There are no credentials for the platform API: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET " +
  "(or GENESYSCLOUD_ACCESS_TOKEN), and GENESYSCLOUD_REGION.";

/** What to set so that the platform API can be read of all stacks; undefined where nothing is missing. */
export function missingCredentials(
  stacks: readonly SynthesizedStack[],
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const isComplete = stacks.every((stack) => endpointsOf(stack, environment).credentials !== undefined);
  return isComplete ? undefined : noCredentials;
}
