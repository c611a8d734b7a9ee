import { everyDeploymentProperty, everyProperty } from "../../../packages/sandbox/__tests__/provider/every-property";
import { shop, type ShopOptions } from "../../../packages/sandbox/__tests__/provider/shop";
import { type Scenario } from "../scenario";
import { asDeclared, created, refresh, unchanged, updateConfiguration, updateDeployment } from "./common";
import { emptyBlocks, zeroes } from "./unusual-values";

const both = { configuration: { languages: ["en-us", "de"] }, deployment: { allowed_domains: ["example.com"] } };
const afterPublishing = ["GET configurations/{configuration}/versions/2", "GET deployments/{deployment}"];

/** An update of a wired deployment and its configuration, and what is read afterwards. */
const together = [...refresh, ...updateConfiguration("2"), ...updateDeployment];
const unchangedAfterPublishing = { ...unchanged, calls: afterPublishing };

export const change: readonly Scenario[] = [
  {
    name: "of the domains and the description: one PUT of the whole deployment, in place",
    steps: [
      created(),
      {
        terraform: "apply",
        of: shop({ deployment: { allowed_domains: ["example.com"], description: "The shop" } }),
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        says: ["Resources: 0 added, 1 changed, 0 destroyed."],
        bodies: {
          "PUT deployments/{deployment}": {
            name: "Shop",
            description: "The shop",
            allowAllDomains: false,
            allowedDomains: ["example.com"],
            configuration: { id: "{configuration}", version: "1" },
            status: "Active",
          },
        },
        leaves: {
          state: { deployment: { id: "{deployment}", allowed_domains: ["example.com"], description: "The shop" } },
          live: { deployment: { ...asDeclared, allowedDomains: ["example.com"], description: "The shop" } },
        },
      },
      unchanged,
      {
        terraform: "apply",
        of: shop(),
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: { live: { deployment: { ...asDeclared, description: null } } },
      },
      unchanged,
    ],
  },
  {
    name: "of the configuration: published once, and the wired deployment follows in the same apply",
    steps: [
      created(),
      {
        terraform: "plan",
        of: shop({ configuration: { languages: ["en-us", "de"] } }),
        exit: 2,
        calls: refresh,
        says: ["Plan: 0 to add, 2 to change, 0 to destroy.", `= "1" -> (known after apply)`],
      },
      {
        terraform: "apply",
        exit: 0,
        calls: together,
        bodies: {
          "PUT configurations/{configuration}/versions/draft": {
            name: "Shop",
            languages: ["en-us", "de"],
            defaultLanguage: "en-us",
          },
        },
        leaves: {
          state: {
            configuration: { id: "{configuration}", version: "2" },
            deployment: { id: "{deployment}", configuration: [{ id: "{configuration}", version: "2" }] },
          },
          live: {
            configuration: { languages: ["en-us", "de"], version: "2" },
            deployment: { ...asDeclared, configuration: { id: "{configuration}", version: "2" } },
          },
        },
      },
      unchangedAfterPublishing,
    ],
  },
  {
    name: "of the configuration and the domains: one publish, one PUT",
    steps: [
      created(),
      {
        terraform: "apply",
        of: shop(both),
        exit: 0,
        calls: together,
        leaves: {
          live: {
            configuration: { languages: ["en-us", "de"] },
            deployment: { allowedDomains: ["example.com"], configuration: { id: "{configuration}", version: "2" } },
          },
        },
      },
      unchangedAfterPublishing,
    ],
  },
  {
    name: "of a configuration that no deployment is wired to: the deployment stays on the old version",
    steps: [
      created(unwired({})),
      {
        terraform: "apply",
        of: shop(unwired({ languages: ["en-us", "de"] })),
        exit: 0,
        calls: [...refresh, ...updateConfiguration("2")],
        leaves: { live: { deployment: asDeclared, configuration: { version: "2" } } },
      },
      unchangedAfterPublishing,
    ],
  },
  {
    name: "to a status other than Active: sent, and waited for in vain",
    steps: [
      created(),
      {
        terraform: "apply",
        of: shop({ deployment: { status: "Inactive" } }),
        exit: 1,
        calls: [...refresh, ...updateDeployment],
        leaves: {
          state: { deployment: { id: "{deployment}" } },
          live: { deployment: { ...asDeclared, status: "Inactive" } },
        },
      },
      {
        terraform: "apply",
        of: shop({ deployment: { status: "Active" } }),
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: { live: { deployment: asDeclared } },
      },
      unchanged,
    ],
  },
  ...thereAndBack("every property", { configuration: everyProperty, deployment: everyDeploymentProperty }),
  ...thereAndBack("zero values", { configuration: zeroes, deployment: { description: "" } }),
  ...thereAndBack("blocks with nothing but defaults in them", { configuration: emptyBlocks }),
  {
    name: "to all domains, and back to the list",
    steps: [
      created(),
      {
        terraform: "apply",
        of: shop({ deployment: { allow_all_domains: true, allowed_domains: [] } }),
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: { live: { deployment: { ...asDeclared, allowAllDomains: true, allowedDomains: [] } } },
      },
      unchanged,
      {
        terraform: "apply",
        of: shop(),
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: { live: { deployment: asDeclared } },
      },
      unchanged,
    ],
  },
];

/** The version is written out, so that a new one is not taken along. */
function unwired(configuration: object): ShopOptions {
  const id = "${genesyscloud_webdeployments_configuration.shop.id}";
  return { configuration, deployment: { configuration: { id, version: "1" } } };
}

/** From a plain shop to something else and back again, with an empty plan after each. */
function thereAndBack(what: string, there: ShopOptions): readonly Scenario[] {
  return [
    {
      name: `to ${what}, and back to a plain shop`,
      steps: [
        created(),
        {
          terraform: "apply",
          of: shop(there),
          exit: 0,
          calls: together,
          leaves: {
            state: { configuration: { ...there.configuration, version: "2" }, deployment: { ...there.deployment } },
          },
        },
        unchangedAfterPublishing,
        {
          terraform: "apply",
          of: shop(),
          exit: 0,
          calls: [...afterPublishing, ...updateConfiguration("3"), ...updateDeployment],
          leaves: { live: { deployment: { ...asDeclared, configuration: { id: "{configuration}", version: "3" } } } },
        },
        { ...unchanged, calls: ["GET configurations/{configuration}/versions/3", "GET deployments/{deployment}"] },
      ],
    },
  ];
}
