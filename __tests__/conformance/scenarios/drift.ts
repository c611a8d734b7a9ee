import { type ShopOptions } from "../../../packages/sandbox/__tests__/provider/shop";
import { type ByHandStep, type Scenario } from "../scenario";
import { asDeclared, created, createDeployment, refresh, unchanged, updateDeployment } from "./common";
import { edited, pointedToIt, published } from "./edits";

const seen: readonly {
  readonly what: string;
  readonly body: object;
  readonly declared?: ShopOptions;
  readonly ends?: object;
}[] = [
  { what: "a domain removed", body: { allowedDomains: ["www.example.com"] } },
  { what: "a domain added", body: { allowedDomains: ["example.com", "stranger.example", "www.example.com"] } },
  { what: "the order of the domains changed", body: { allowedDomains: ["www.example.com", "example.com"] } },
  { what: "allowAllDomains set true, the list emptied", body: { allowAllDomains: true, allowedDomains: [] } },
  {
    what: "status set Inactive, Active declared",
    body: { status: "Inactive" },
    declared: { deployment: { status: "Active" } },
  },
  { what: "description set, not declared", body: { description: "by hand" }, ends: { description: null } },
  {
    what: "flow set, not declared",
    body: { flow: { id: "5a9db0c5-0000-4000-8000-000000000011" } },
    ends: { flow: null },
  },
];

const unseen: readonly { readonly what: string; readonly byHand: readonly ByHandStep[]; readonly ends: object }[] = [
  { what: "status set Inactive, not declared", byHand: [edited({ status: "Inactive" })], ends: { status: "Inactive" } },
  {
    what: "the list emptied, the flag left false",
    byHand: [edited({ allowedDomains: [] })],
    ends: { allowedDomains: [] },
  },
  { what: "a newer configuration version published, the deployment not pointed to it", byHand: published, ends: {} },
];

export const drift: readonly Scenario[] = [
  ...seen.map(({ what, body, declared = {}, ends = {} }): Scenario => ({
    name: `${what}: seen, and restored in one PUT`,
    steps: [
      created(declared),
      unchanged,
      edited(body),
      { terraform: "plan", exit: 2, calls: refresh, says: ["Plan: 0 to add, 1 to change, 0 to destroy."] },
      {
        terraform: "apply",
        exit: 0,
        calls: [...refresh, ...updateDeployment],
        leaves: {
          state: { deployment: { id: "{deployment}" } },
          live: { deployment: { ...asDeclared, ...ends } },
        },
      },
      unchanged,
    ],
  })),
  ...unseen.map(({ what, byHand, ends }): Scenario => ({
    name: `${what}: not seen, and nothing happens`,
    steps: [
      created(),
      ...byHand,
      unchanged,
      {
        terraform: "apply",
        exit: 0,
        calls: refresh,
        says: ["No changes."],
        leaves: { live: { deployment: { ...asDeclared, ...ends } } },
      },
    ],
  })),
  {
    name: "the deployment pointed to a newer version: planned back, and every apply fails",
    genuineSeconds: 960,
    steps: [
      created(),
      ...published,
      pointedToIt,
      ...[1, 2].flatMap((): Scenario["steps"] => [
        { terraform: "plan", exit: 2, calls: refresh, says: [`= "2" -> "1"`] },
        {
          terraform: "apply",
          exit: 1,
          calls: [...refresh, ...updateDeployment],
          says: ["mismatch on attribute configuration.0.version"],
          leaves: {
            live: { deployment: { ...asDeclared, configuration: { id: "{configuration}", version: "2" } } },
          },
        },
      ]),
    ],
  },
  {
    name: "the deployment deleted: created again, under a new id",
    steps: [
      created({ provider: { custom_retry_timeout: "1s" } }),
      { byHand: "DELETE deployments/{deployment}" },
      {
        terraform: "plan",
        exit: 2,
        calls: ["GET configurations/{configuration}/versions/1", "GET deployments/{deployment} again and again"],
        says: ["Plan: 1 to add, 0 to change, 0 to destroy."],
      },
      {
        terraform: "apply",
        exit: 0,
        calls: [
          "GET configurations/{configuration}/versions/1",
          "GET deployments/{deployment} again and again",
          ...createDeployment.map((call) => call.replace("{deployment}", "{deployment 2}")),
        ],
        leaves: { state: { deployment: { id: "{deployment 2}" } }, live: { deployment: asDeclared } },
      },
      { ...unchanged, calls: refresh.map((call) => call.replace("{deployment}", "{deployment 2}")) },
    ],
  },
];
