import { type Scenario } from "../scenario";
import { created, refresh } from "./common";

const deleteDeployment = ["DELETE deployments/{deployment}", "GET deployments/{deployment} until 404"];
const deleteConfiguration = [
  "DELETE configurations/{configuration}",
  "GET configurations/{configuration}/versions/draft until 404",
];
const nothing = { state: { configuration: null, deployment: null }, live: { configuration: null, deployment: null } };

export const destroy: readonly Scenario[] = [
  {
    name: "the deployment first, then its configuration",
    steps: [
      created(),
      {
        terraform: "destroy",
        exit: 0,
        calls: [...refresh, ...deleteDeployment, ...deleteConfiguration],
        says: ["Destroy complete! Resources: 2 destroyed."],
        leaves: nothing,
      },
      { terraform: "destroy", exit: 0, calls: [], says: ["Resources: 0 destroyed."] },
    ],
  },
  {
    name: "what was edited by hand meanwhile, as well",
    steps: [
      created(),
      { byHand: "PUT deployments/{deployment}", body: { allowedDomains: [], description: "by hand" } },
      {
        terraform: "destroy",
        exit: 0,
        calls: [...refresh, ...deleteDeployment, ...deleteConfiguration],
        leaves: nothing,
      },
    ],
  },
  {
    name: "of the deployment alone: the configuration stays",
    steps: [
      created(),
      {
        terraform: "destroy -target=genesyscloud_webdeployments_deployment.shop",
        exit: 0,
        calls: [...refresh, ...deleteDeployment],
        leaves: { state: { configuration: { id: "{configuration}" }, deployment: null }, live: { deployment: null } },
      },
    ],
  },
];
