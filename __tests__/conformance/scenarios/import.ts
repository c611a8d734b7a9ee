import { everyDeploymentProperty, everyProperty } from "../../../packages/sandbox/__tests__/provider/every-property";
import { shop, type ShopOptions } from "../../../packages/sandbox/__tests__/provider/shop";
import { type Scenario, type Step } from "../scenario";
import { asDeclared, created, unchanged, updateDeployment } from "./common";

const configuration = "genesyscloud_webdeployments_configuration.shop";
const deployment = "genesyscloud_webdeployments_deployment.shop";

/** A read that begins with nothing but the id. */
const found = [
  "GET configurations/{configuration}/versions",
  "GET configurations/{configuration}/versions/1",
  "GET deployments/{deployment}",
];
const [versions = "", version = "", live = ""] = found;

/** What was deployed, and what Terraform knows nothing of any more. */
const forgotten = (options: ShopOptions): readonly Step[] => [
  created(options),
  { terraform: `state rm ${configuration} ${deployment}`, exit: 0, calls: [], leaves: { state: { deployment: null } } },
];

const withImportBlocks = (options: ShopOptions): object => ({
  ...shop(options),
  import: [
    { to: configuration, id: "{configuration}" },
    { to: deployment, id: "{deployment}" },
  ],
});

const shops: readonly { readonly what: string; readonly options: ShopOptions }[] = [
  { what: "a plain shop", options: {} },
  { what: "every property", options: { configuration: everyProperty, deployment: everyDeploymentProperty } },
];

export const importing: readonly Scenario[] = [
  ...shops.flatMap(({ what, options }): readonly Scenario[] => {
    const attributes = {
      configuration: { id: "{configuration}", version: "1", ...options.configuration },
      deployment: { id: "{deployment}", allowed_domains: ["example.com", "www.example.com"], ...options.deployment },
    };
    return [
      {
        name: `of ${what}, by id: the next plan is empty`,
        steps: [
          ...forgotten(options),
          { terraform: `import ${configuration} {configuration}`, exit: 0, calls: [versions, version] },
          { terraform: `import ${deployment} {deployment}`, exit: 0, calls: [live], leaves: { state: attributes } },
          unchanged,
        ],
      },
      {
        name: `of ${what}, by import blocks: nothing is changed, and a kept block imports nothing again`,
        steps: [
          ...forgotten(options),
          {
            terraform: "plan",
            of: withImportBlocks(options),
            exit: 2,
            calls: found,
            says: ["Plan: 2 to import, 0 to add, 0 to change, 0 to destroy."],
          },
          {
            terraform: "apply",
            exit: 0,
            calls: found,
            says: ["Resources: 2 imported, 0 added, 0 changed, 0 destroyed."],
            leaves: { state: attributes },
          },
          unchanged,
        ],
      },
    ];
  }),
  {
    name: "of what differs, by import blocks: changed in place in the same apply",
    steps: [
      ...forgotten({}),
      {
        terraform: "apply",
        of: withImportBlocks({ deployment: { description: "Adopted" } }),
        exit: 0,
        calls: [...found, ...updateDeployment],
        says: ["Resources: 2 imported, 0 added, 1 changed, 0 destroyed."],
        leaves: {
          state: { deployment: { id: "{deployment}" } },
          live: { deployment: { ...asDeclared, description: "Adopted" } },
        },
      },
      unchanged,
    ],
  },
  {
    name: "of what does not exist: refused",
    steps: [
      created({ provider: { custom_retry_timeout: "1s" } }),
      { byHand: "DELETE deployments/{deployment}" },
      { terraform: `state rm ${deployment}`, exit: 0, calls: [] },
      {
        terraform: `import ${deployment} {deployment}`,
        exit: 1,
        calls: [`${live} again and again`],
        says: ["Cannot import non-existent remote object"],
        leaves: { state: { configuration: { id: "{configuration}" }, deployment: null } },
      },
    ],
  },
];
