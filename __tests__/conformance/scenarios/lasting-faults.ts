import { shop } from "../../../packages/sandbox/__tests__/provider/shop";
import { type Refusal, type Scenario } from "../scenario";
import { asDeclared, created, createConfiguration, createDeployment, refresh, unchanged } from "./common";

const reading = "GET deployments/{deployment}";
const updating = "PUT deployments/{deployment}";
const [readConfiguration = ""] = refresh;
const changed = shop({ deployment: { allowed_domains: ["example.com"] } });

const busy: Refusal = { status: 503, message: "The service is busy" };
const never: Refusal = { status: 400, message: "The deployment makes no sense" };
const nowhere: Refusal = { status: 404, message: "There is no such deployment" };

/** Faults that stay: an error with the API's message, and a state from which the next run ends well. */
export const lastingFaults: readonly Scenario[] = [
  ...[401, 403].map((status): Scenario => ({
    name: `${status} on a read: fails at once, with the API's message and the permission`,
    steps: [
      created(),
      {
        terraform: "plan",
        faults: [{ on: reading, answer: refusedPermission(status === 401 ? 401 : 403) }],
        exit: 1,
        calls: refresh,
        says: ["Unable to perform the requested action", "webDeployments:deployment:view"],
        leaves: { state: { deployment: { id: "{deployment}" } } },
      },
      unchanged,
    ],
  })),
  {
    name: "503 on every read: given up after 20 repetitions, and nothing is forgotten",
    genuineSeconds: 1_200,
    steps: [
      created(),
      {
        terraform: "plan",
        faults: [{ on: reading, answer: busy }],
        exit: 1,
        calls: [readConfiguration, `21 × ${reading}`],
        says: ["The service is busy"],
        leaves: { state: { deployment: { id: "{deployment}" } } },
      },
      unchanged,
    ],
  },
  {
    name: "400 on a create that stays: fails with the API's message; the next apply creates one deployment",
    steps: [
      {
        terraform: "apply",
        of: shop(),
        faults: [{ on: "POST deployments", answer: never }],
        exit: 1,
        calls: [
          ...createConfiguration,
          "GET configurations/{configuration}/versions",
          "POST deployments again and again",
        ],
        says: ["The deployment makes no sense"],
        leaves: { state: { configuration: { version: "1" }, deployment: null } },
      },
      {
        terraform: "apply",
        exit: 0,
        calls: [readConfiguration, ...createDeployment],
        leaves: { live: { deployment: asDeclared } },
      },
      unchanged,
    ],
  },
  {
    name: "400 on an update that stays: fails with the API's message, and the state has the new list",
    steps: [
      created(),
      {
        terraform: "apply",
        of: changed,
        faults: [{ on: updating, answer: never }],
        exit: 1,
        calls: [...refresh, "GET configurations/{configuration}/versions", `${updating} again and again`],
        says: ["The deployment makes no sense"],
        leaves: {
          state: { deployment: { id: "{deployment}", allowed_domains: ["example.com"] } },
          live: { deployment: asDeclared },
        },
      },
      { terraform: "plan", exit: 2, calls: refresh, says: ["Plan: 0 to add, 1 to change, 0 to destroy."] },
    ],
  },
  {
    name: "404 on a read that stays: dropped from the state after custom_retry_timeout",
    steps: [
      created({ provider: { custom_retry_timeout: "1s" } }),
      {
        terraform: "plan",
        faults: [{ on: reading, answer: nowhere }],
        exit: 2,
        calls: [readConfiguration, `${reading} again and again`],
        says: ["genesyscloud_webdeployments_deployment.shop will be created", "Plan: 1 to add"],
      },
      unchanged,
    ],
  },
];

/** The API's own words for a missing permission. */
function refusedPermission(status: 401 | 403): Refusal {
  const permission = "webDeployments:deployment:view";
  return {
    status,
    message: `Unable to perform the requested action. You are missing the following permission(s): ${permission}`,
    permission,
  };
}
