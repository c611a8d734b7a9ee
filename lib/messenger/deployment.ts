import { DataGenesyscloudConversationsMessagingSupportedcontent as SupportedContent } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-conversations-messaging-supportedcontent";
import { DataGenesyscloudFlow as Flow } from "@cdktf/provider-genesyscloud/lib/data-genesyscloud-flow";
import { type WebdeploymentsDeploymentConfig } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { type TerraformProvider } from "cdktf";
import { type Construct } from "constructs";
import { deploymentName, type DeploymentProps, managedAsCode, pushProviders } from "./deployment-props";
import { lateReference } from "./late-reference";
import { type PropertyCheck } from "./property-check";
import { type Reference } from "./reference";

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
