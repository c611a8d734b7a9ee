import { DataGenesyscloudConversationsMessagingSupportedcontent as SupportedContent } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-conversations-messaging-supportedcontent";
import { DataGenesyscloudFlow as Flow } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-flow";
import { type WebdeploymentsDeploymentConfig } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import {
  deploymentName,
  type DeploymentProps,
  managedAsCode,
  type PushIntegration,
  pushProviders,
} from "./deployment-props";
import {
  type Fields,
  flag,
  instance,
  known,
  listOf,
  nonEmpty,
  object,
  oneOf,
  required,
  text,
  textOfLength,
} from "../base/shape";
import { type NextEnvironment } from "../sources/next-environment";
import { lateReference } from "./core";
import { type PropertyCheck } from "./property-check";
import { mustExist, type IdOrName, idOrNameShape } from "./id-or-name";

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
      flowId: idOf(
        flow,
        (name) =>
          new Flow(scope, "Flow", {
            name,
            type: "inboundshortmessage",
            lifecycle: mustExist("inbound message flow"),
            ...place,
          }),
      ),
    }),
    ...(supportedContent && {
      supportedContentId: idOf(
        supportedContent,
        (name) =>
          new SupportedContent(scope, "SupportedContent", {
            name,
            lifecycle: mustExist("supported content profile"),
            ...place,
          }),
      ),
    }),
    ...(pushIntegrations && { pushIntegrations: [...pushIntegrations] }),
    ...(preventDestroy && { lifecycle: { preventDestroy } }),
  };
}

function idOf(reference: IdOrName, lookUp: (name: string) => { readonly id: string }): string {
  if ("id" in reference) return reference.id;
  const found = lookUp(reference.name);
  return lateReference(() => found.id);
}

/** What the properties of a deployment must be. */
export const deploymentFields: Fields<DeploymentProps> = {
  environment: required(
    instance<NextEnvironment>('an environment, such as nextEnvironment("production", { … })', isEnvironment),
  ),
  name: textOfLength(1, 100),
  description: text,
  flow: idOrNameShape,
  supportedContent: idOrNameShape,
  pushIntegrations: listOf(
    object<PushIntegration>({
      id: required(nonEmpty("the id of the integration that delivers push notifications")),
      provider: required(oneOf(pushProviders)),
    }),
  ),
  preventDestroy: known(flag),
};

/** Looks at the form, not at a class: `allowList` itself would read the sources, before addresses were added. */
function isEnvironment(value: unknown): boolean {
  return typeof value === "object" && value !== null && "allowList" in value && "with" in value;
}

/** A name that follows from the environment's has to be one of Genesys, too. */
export function checkDeploymentName(props: DeploymentProps, check: PropertyCheck): void {
  if (props.name !== undefined) return;
  const name = deploymentName(props);
  check.expect("name", name, ({ length }) => length <= 100, "expected 1 to 100 characters");
}
