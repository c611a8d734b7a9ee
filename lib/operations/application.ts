import { UserError } from "../base/errors";
import { environmentVariables, type MessengerEnvironmentVariables } from "../genesys/deployment";
import { regionOfStack } from "../platform/endpoints";
import { constructPath } from "../terraform/declared-messengers";
import { rememberedDeployment } from "../terraform/remembered-deployment";
import { type SynthesizedStack } from "../terraform/stacks";
import { type State } from "../terraform/state";

/** A Messenger that was deployed, and what its application is built with. */
export interface EmbeddableMessenger {
  /** The name of the deployment. */
  readonly name: string;
  /** What the program calls it: the path of its construct in the stack, such as `Messenger`; its resource where that is not known. */
  readonly construct: string;
  readonly variables: MessengerEnvironmentVariables;
}

/** The Messengers of a stack that its state has, by their resource addresses. */
export function deployedMessengers(
  stack: SynthesizedStack,
  state: State | undefined,
  environment: NodeJS.ProcessEnv,
): readonly EmbeddableMessenger[] {
  if (state === undefined) return [];
  return stack.messengers.flatMap((declared) => {
    const remembered = rememberedDeployment(state, declared);
    if (remembered === undefined) return [];
    const { id, name } = remembered.deployment;
    const path = constructPath(stack.content ?? {}, declared.address)
      ?.split("/")
      .slice(1, -1)
      .join("/");
    return {
      name,
      construct: path === undefined || path === "" ? declared.address : path,
      variables: environmentVariables(regionOfStack(environment, stack), id),
    };
  });
}

/**
 * The one Messenger that is meant.
 *
 * @param named the name of the deployment or the path of the construct; needed where there are several
 * @throws UserError where none is deployed, or where it is not clear which one is meant
 */
export function chosenMessenger(
  stackName: string,
  deployed: readonly EmbeddableMessenger[],
  named?: string,
): EmbeddableMessenger {
  const names = deployed.map(({ construct, name }) => `"${construct}" (${name})`).join(", ");
  if (deployed.length === 0) {
    throw new UserError(
      `The stack "${stackName}" has no deployed Messenger in its state. Run "origins deploy ${stackName}" first.`,
    );
  }
  const meant = deployed.filter(({ construct, name }) => named === undefined || named === construct || named === name);
  const [only, another] = meant;
  if (only !== undefined && another === undefined) return only;
  throw new UserError(
    named === undefined
      ? `The stack "${stackName}" has several Messengers. Choose one with --messenger: ${names}.`
      : only === undefined
        ? `Unknown Messenger "${named}" of the stack "${stackName}": expected one of ${names}.`
        : `Several Messengers of the stack "${stackName}" are called "${named}": use the name of the construct, one of ${names}.`,
  );
}
