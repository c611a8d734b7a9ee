import { managedDescription } from "../genesys/deployment";
import { type NextEnvironment } from "../sources/next-environment";
import { type IdOrName } from "./id-or-name";

/** Who delivers the push notifications of a mobile application. */
export const pushProviders = ["APNS", "FCM"] as const;

/** Who delivers the push notifications of a mobile application: Apple or Google. */
export type PushProvider = (typeof pushProviders)[number];

/** An integration that delivers push notifications. */
export interface PushIntegration {
  /** The integration's id. */
  readonly id: string;
  readonly provider: PushProvider;
}

/** Everything of a Messenger's deployment. Its allowed domains follow from the environment alone. */
export interface DeploymentProps {
  /** Where the application runs. The addresses of its pages become the deployment's allowed domains. */
  readonly environment: NextEnvironment;
  /**
   * The deployment's name in Genesys, 1 to 100 characters.
   * @default - `messenger-` and the environment's name
   */
  readonly name?: string;
  /**
   * The deployment's description in Genesys.
   * @default - says that it is managed as code, and for which environment
   */
  readonly description?: string;
  /**
   * The inbound message flow (of Architect) that conversations go to.
   * @default - none
   */
  readonly flow?: IdOrName;
  /**
   * The supported content profile: which files visitors and agents can exchange. Once it was deployed, it stays while a program leaves it
   * out.
   * @default - the organisation's
   */
  readonly supportedContent?: IdOrName;
  /**
   * Push notifications to a mobile application.
   * @default none
   */
  readonly pushIntegrations?: readonly PushIntegration[];
  /**
   * Whether Terraform refuses to destroy the deployment: pages hold its id, and a new one has another.
   * @default - true in an environment of kind `production`
   */
  readonly preventDestroy?: boolean;
}

/** What a deployment's texts follow from. */
interface Named {
  readonly name?: string;
  readonly environment: Pick<NextEnvironment, "name">;
}

/** The name that the deployment goes by in Genesys. */
export function deploymentName({ name, environment }: Named): string {
  return name ?? `messenger-${environment.name}`;
}

/** What Genesys shows people who look for the place to edit. */
export function managedAsCode({ environment }: Named): string {
  return managedDescription(environment.name);
}
