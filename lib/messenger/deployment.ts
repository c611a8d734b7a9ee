import { DataGenesyscloudConversationsMessagingSupportedcontent as SupportedContent } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-conversations-messaging-supportedcontent";
import { DataGenesyscloudFlow as Flow } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-flow";
import { type WebdeploymentsDeploymentConfig } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { type NextEnvironment } from "../sources";
import { lateReference } from "./late-reference";
import { type PropertyCheck } from "./property-check";
import { type Reference } from "./reference";

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
  readonly flow?: Reference;
  /**
   * The supported content profile: which files visitors and agents can exchange.
   * @default - the organisation's
   */
  readonly supportedContent?: Reference;
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
  return `Managed as code, for the environment "${environment.name}": changes by hand are undone by the next deploy`;
}

/**
 * The deployment resource's arguments, without its configuration and its domains.
 *
 * @param scope where the data sources are made that look for what is given by name
 * @param place the provider that looks
 */
export function deploymentOf(
  scope: Construct,
  props: DeploymentProps,
  place: { readonly provider?: TerraformProvider },
): Omit<WebdeploymentsDeploymentConfig, "configuration" | "allowAllDomains" | "allowedDomains"> {
  const { environment, description = managedAsCode(props), flow, supportedContent, pushIntegrations } = props;
  const { preventDestroy = environment.kind === "production" } = props;
  return {
    name: deploymentName(props),
    description,
    status: "Active",
    ...(flow && {
      flowId: idOf(flow, (name) => new Flow(scope, "Flow", { name, type: "inboundshortmessage", ...place })),
    }),
    ...(supportedContent && {
      supportedContentId: idOf(
        supportedContent,
        (name) => new SupportedContent(scope, "SupportedContent", { name, ...place }),
      ),
    }),
    ...(pushIntegrations && { pushIntegrations: [...pushIntegrations] }),
    ...(preventDestroy && { lifecycle: { preventDestroy } }),
  };
}

function idOf(reference: Reference, lookUp: (name: string) => { readonly id: string }): string {
  if ("id" in reference) return reference.id;
  const found = lookUp(reference.name);
  return lateReference(() => found.id);
}

/** Everything that is wrong with the deployment's properties. */
export function checkDeployment(props: DeploymentProps, check: PropertyCheck): void {
  const { pushIntegrations } = props;
  check.length("name", deploymentName(props), 1, 100);
  check.each("pushIntegrations", pushIntegrations, ({ id, provider }, at) => {
    at.required("id", id, "write the id of the integration that delivers push notifications");
    at.oneOf("provider", provider, pushProviders);
  });
  for (const property of ["flow", "supportedContent"] as const) {
    const reference = props[property];
    if (reference === undefined) continue;
    const named = "id" in reference ? { key: "id", value: reference.id } : { key: "name", value: reference.name };
    check.in(property).required(named.key, named.value, `write the ${named.key} that it has in Genesys`);
  }
}
