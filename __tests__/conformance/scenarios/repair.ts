import { type Scenario } from "../scenario";
import { asDeclared, created, refresh, unchanged, updateConfiguration, updateDeployment } from "./common";
import { edited, pointedToIt, published } from "./edits";

const afterPublishing = ["GET configurations/{configuration}/versions/2", "GET deployments/{deployment}"];
const afterRepair = ["GET configurations/{configuration}/versions/3", "GET deployments/{deployment}"];

/** What makes the three blind rows of the table visible: a state that says what is live. */
export const repair: readonly Scenario[] = [
  {
    name: "an emptied list, after the state forgot the list: seen, and restored in one PUT",
    steps: [
      created(),
      edited({ allowedDomains: [] }),
      unchanged,
      { stateOf: "deployment", becomes: { allowed_domains: null } },
      { terraform: "plan", exit: 2, calls: refresh, says: ["Plan: 0 to add, 1 to change, 0 to destroy."] },
      {
        terraform: "apply",
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: { state: { deployment: { id: "{deployment}" } }, live: { deployment: asDeclared } },
      },
      unchanged,
    ],
  },
  ...[
    { what: "a newer version that was published", byHand: published },
    { what: "a newer version that the deployment was pointed to", byHand: [...published, pointedToIt] },
  ].map(({ what, byHand }): Scenario => ({
    name: `${what}, after the state named it: seen, and restored in one publish and one PUT`,
    steps: [
      created(),
      ...byHand,
      { stateOf: "configuration", becomes: { version: "2" } },
      { terraform: "plan", exit: 2, calls: afterPublishing, says: ["Plan: 0 to add, 2 to change, 0 to destroy."] },
      {
        terraform: "apply",
        exit: 0,
        calls: [...afterPublishing, ...updateConfiguration("3"), ...updateDeployment],
        leaves: {
          state: { configuration: { id: "{configuration}", version: "3" }, deployment: { id: "{deployment}" } },
          live: {
            configuration: { languages: ["en-us"], version: "3" },
            deployment: { ...asDeclared, configuration: { id: "{configuration}", version: "3" } },
          },
        },
      },
      { ...unchanged, calls: afterRepair },
    ],
  })),
];
