import { type DomainPolicy } from "./host-check";
import { type Region } from "./regions";

/** The states of a deployment and of a configuration version. */
export type DeploymentStatus = "Pending" | "Active" | "Inactive" | "Error" | "Deleting";

/**
 * What matters of a web deployment: the same whether the platform API answers it or Terraform's state remembers it, so that
 * the two can be laid side by side.
 */
export interface Deployment extends DomainPolicy {
  /** What a page's snippet names. It never changes. */
  readonly id: string;
  readonly name: string;
  /** Absent if there is none; the API omits an empty one. */
  readonly description?: string;
  /** One of {@link DeploymentStatus}, or a word that the platform has learnt since. */
  readonly status: string;
  /** The configuration that pages show, and which of its published versions: an integer in a string, such as `"3"`. */
  readonly configuration: { readonly id: string; readonly version: string };
  readonly flowId?: string;
  readonly supportedContentId?: string;
  /** The integrations that deliver push notifications, such as `APNS i-1`; absent where there are none. */
  readonly pushIntegrations?: readonly string[];
}

/** What the deployments of this package are described with, unless the program says otherwise: it names the environment. */
export function managedDescription(environment: string): string {
  return `Managed as code, for the environment "${environment}": changes by hand are undone by the next deploy`;
}

/** The environment that such a description names, whatever a version of this package says behind it; undefined of every other one. */
export function environmentOfDescription(description: string): string | undefined {
  return /^Managed as code, for the environment "(.+)": /.exec(description)?.[1];
}

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

/** The variables of a deployment in that region. */
export function environmentVariables({ environment }: Region, deploymentId: string): MessengerEnvironmentVariables {
  return { NEXT_PUBLIC_GENESYS_ENVIRONMENT: environment, NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: deploymentId };
}
