import { parseState, type State } from "../../lib/terraform/state";
import { deployment } from "../audit/subjects";

/** What a state says of one Messenger. */
export interface MessengerState {
  /** @default "d-1" */
  readonly deploymentId?: string;
  readonly allowedDomains?: readonly string[];
}

/** A state that has a deployment, its configuration, and a resource of another provider. */
export function stateOf({
  deploymentId: id = deployment.id,
  allowedDomains = deployment.allowedDomains,
}: MessengerState = {}): State {
  const resource = (type: string, name: string, attributes: object): object => ({
    mode: "managed",
    type,
    name,
    instances: [{ schema_version: 1, attributes }],
  });
  const state = parseState(
    JSON.stringify({
      version: 4,
      serial: 7,
      lineage: "l",
      resources: [
        resource("genesyscloud_webdeployments_deployment", "Messenger", { id, allowed_domains: allowedDomains }),
        resource("genesyscloud_webdeployments_configuration", "Messenger", {
          id: "c-1",
          version: "2",
          description: "",
        }),
        resource("aws_route53_record", "shop", { records: ["10.0.0.1"] }),
      ],
    }),
  );
  if (state === undefined) throw new Error("The test's state is empty.");
  return state;
}
