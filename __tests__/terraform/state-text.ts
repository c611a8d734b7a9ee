/** The two resources of a Messenger in a state; the tests change parts of them. */
export interface StateParts {
  readonly top?: object;
  readonly deployment?: object;
  readonly deploymentInstance?: object;
  readonly configuration?: object;
  readonly configurationInstance?: object;
  /** Further resources behind the two. */
  readonly others?: readonly object[];
}

export const deployment = "genesyscloud_webdeployments_deployment.Shop";
export const configuration = "genesyscloud_webdeployments_configuration.Shop";

/** A state as Terraform prints it. */
export function stateText(parts: StateParts = {}): string {
  const resource = (address: string, instance: object): object => ({
    mode: "managed",
    type: address.split(".")[0],
    name: address.split(".")[1],
    provider: 'provider["registry.terraform.io/mypurecloud/genesyscloud"]',
    instances: [instance],
  });
  const state = {
    version: 4,
    terraform_version: "1.11.4",
    serial: 7,
    lineage: "9ba1f0d7-15e0-40ef-b844-d824a30661d1",
    outputs: {},
    resources: [
      resource(configuration, {
        ...parts.configurationInstance, // first, where Terraform writes the mark of a tainted one
        schema_version: 1,
        attributes: { id: "c-1", name: "Shop", version: "3", ...parts.configuration },
        sensitive_attributes: [],
        ...parts.configurationInstance,
      }),
      resource(deployment, {
        ...parts.deploymentInstance,
        schema_version: 1,
        attributes: {
          allow_all_domains: false,
          allowed_domains: ["example.com", "www.example.com"],
          configuration: [{ id: "c-1", version: "3" }],
          description: "",
          flow_id: null,
          id: "d-1",
          name: "Shop",
          status: "Active",
          ...parts.deployment,
        },
        sensitive_attributes: [],
        ...parts.deploymentInstance,
      }),
      ...(parts.others ?? []),
    ],
    check_results: null,
    ...parts.top,
  };
  return `${JSON.stringify(state, null, 2)}\n`;
}
