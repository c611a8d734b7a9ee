import { everyDeploymentProperty, everyProperty } from "../../../packages/sandbox/__tests__/provider/every-property";
import { shop } from "../../../packages/sandbox/__tests__/provider/shop";
import { type Scenario } from "../scenario";
import { asDeclared, created, createConfiguration, createDeployment, pageSnippet, refresh, unchanged } from "./common";
import { everyDeploymentPropertySent, everyPropertySent } from "./every-property-sent";
import { droppedBlocks, emptyBlocks, zeroes } from "./unusual-values";

export const create: readonly Scenario[] = [
  {
    name: "of nothing but names, languages and domains",
    steps: [
      { terraform: "plan", of: shop(), exit: 2, calls: [], says: ["Plan: 2 to add, 0 to change, 0 to destroy."] },
      {
        ...created(),
        says: ["Apply complete! Resources: 2 added, 0 changed, 0 destroyed."],
        bodies: {
          "POST configurations": { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" },
          "POST deployments": {
            name: "Shop",
            allowAllDomains: false,
            allowedDomains: ["example.com", "www.example.com"],
            configuration: { id: "{configuration}", version: "1" },
          },
        },
        leaves: {
          state: {
            configuration: { id: "{configuration}", name: "Shop", version: "1", status: "Active" },
            deployment: {
              id: "{deployment}",
              name: "Shop",
              allow_all_domains: false,
              allowed_domains: ["example.com", "www.example.com"],
              configuration: [{ id: "{configuration}", version: "1" }],
              status: "Active",
              snippet: pageSnippet,
            },
          },
          live: { deployment: asDeclared, configuration: { name: "Shop", languages: ["en-us"], version: "1" } },
        },
      },
      unchanged,
      {
        terraform: "apply",
        exit: 0,
        calls: refresh,
        says: ["No changes."],
        leaves: { live: { deployment: asDeclared } },
      },
    ],
  },
  {
    name: "of every property",
    steps: [
      {
        ...created({ configuration: everyProperty, deployment: everyDeploymentProperty }),
        bodies: { "POST configurations": everyPropertySent, "POST deployments": everyDeploymentPropertySent },
        leaves: { state: { configuration: everyProperty, deployment: everyDeploymentProperty } },
      },
      unchanged,
    ],
  },
  {
    name: "of zero values: they come back as nothing, and that is not a change",
    steps: [
      {
        ...created({ configuration: zeroes, deployment: { description: "" } }),
        leaves: { state: { configuration: zeroes } },
      },
      unchanged,
    ],
  },
  { name: "of blocks with nothing but defaults in them", steps: [created({ configuration: emptyBlocks }), unchanged] },
  {
    name: "of blocks with nothing in them: dropped, and every plan adds them again",
    steps: [
      {
        ...created({ configuration: droppedBlocks }),
        bodies: {
          "POST configurations": {
            name: "Shop",
            languages: ["en-us"],
            defaultLanguage: "en-us",
            messenger: {
              enabled: true,
              launcherButton: {},
              apps: {
                conversations: {
                  enabled: true,
                  showAgentTypingIndicator: false,
                  showUserTypingIndicator: false,
                  autoStart: { enabled: false },
                  markdown: { enabled: false },
                  conversationClear: { enabled: false },
                  humanize: { enabled: false },
                },
              },
            },
            supportCenter: { enabled: true, feedback: { enabled: false } },
          },
        },
      },
      { terraform: "plan", exit: 2, calls: refresh, says: ["Plan: 0 to add, 2 to change, 0 to destroy."] },
    ],
  },
  {
    name: "of a style setting with nothing in it: a crash before anything is sent, and nothing in the state",
    steps: [
      {
        terraform: "apply",
        of: shop({ configuration: { support_center: [{ enabled: true, style_setting: [{}] }] } }),
        exit: 1,
        calls: [],
        says: ["Plugin did not respond"],
        leaves: { state: { configuration: null, deployment: null } },
      },
    ],
  },
  {
    name: "for all domains",
    steps: [
      {
        ...created({ deployment: { allow_all_domains: true, allowed_domains: [] } }),
        leaves: { live: { deployment: { allowAllDomains: true, allowedDomains: [] } } },
      },
      unchanged,
    ],
  },
  {
    name: "of invalid domains: entries are not checked at all",
    steps: [
      {
        ...created({ deployment: { allowed_domains: ["https://*.example.com:8443/shop"] } }),
        leaves: { live: { deployment: { allowedDomains: ["https://*.example.com:8443/shop"] } } },
      },
      unchanged,
    ],
  },
  {
    name: "with a status other than Active: waited for in vain, and what was created is not forgotten",
    genuineSeconds: 480,
    steps: [
      {
        ...created({ deployment: { status: "Inactive" } }),
        exit: 1,
        leaves: { state: { deployment: { id: "{deployment}" } }, live: { deployment: asDeclared } },
      },
      {
        terraform: "plan",
        exit: 2,
        calls: refresh,
        says: ["genesyscloud_webdeployments_deployment.shop is tainted"],
      },
    ],
  },
  ...[
    {
      name: "for all domains and for a list: refused, and only at apply",
      deployment: { allow_all_domains: true },
      sentence: "Allowed domains cannot be specified when all domains are allowed",
    },
    {
      name: "for neither all domains nor a list: refused, and only at apply",
      deployment: { allowed_domains: [] },
      sentence: "Either allowed domains must be specified or all domains must be allowed",
    },
  ].map(({ name, deployment, sentence }): Scenario => ({
    name,
    steps: [
      { terraform: "plan", of: shop({ deployment }), exit: 2, calls: [] },
      {
        terraform: "apply",
        exit: 1,
        calls: createConfiguration,
        says: [sentence],
        leaves: { state: { configuration: { version: "1" }, deployment: null } },
      },
      {
        terraform: "apply",
        of: shop(),
        exit: 0,
        calls: ["GET configurations/{configuration}/versions/1", ...createDeployment],
        leaves: { live: { deployment: asDeclared } },
      },
    ],
  })),
];
