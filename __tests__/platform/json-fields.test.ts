import { deploymentIn, isObject, policyIn, textIn } from "../../lib/platform/json-fields";

const list = { allowAllDomains: false, allowedDomains: ["example.com"] };
const answer = {
  id: "d-1",
  name: "Shop",
  status: "Active",
  ...list,
  configuration: { id: "c-1", version: "3" },
};

test.each([
  [{}, true],
  [[], false],
  [null, false],
  ["text", false],
  [undefined, false],
])("%j is an object of JSON: %s", (json, expected) => {
  expect(isObject(json)).toBe(expected);
});

test.each([
  ["Shop", "Shop"],
  [3, "3"],
  ["", undefined],
  [null, undefined],
  [true, undefined],
  [["Shop"], undefined],
  [undefined, undefined],
])("the text in { name: %j } is %j", (name, expected) => {
  expect(textIn({ name }, "name")).toBe(expected);
});

describe("a host check", () => {
  test.each([
    ["of a list", list, list],
    ["of every page", { allowAllDomains: true, allowedDomains: [] }, { allowAllDomains: true, allowedDomains: [] }],
    ["of a list that is left out", { allowAllDomains: true }, { allowAllDomains: true, allowedDomains: [] }],
    ["with more than matters", { ...list, id: "d-1" }, list],
  ])("%s is read", (_, json, policy) => {
    expect(policyIn(json)).toEqual(policy);
  });

  test.each([
    ["no object", null],
    ["a list alone", ["example.com"]],
    ["no flag", { allowedDomains: ["example.com"] }],
    ["a flag in words", { ...list, allowAllDomains: "false" }],
    ["a text instead of a list", { ...list, allowedDomains: "example.com" }],
    ["a number in the list", { ...list, allowedDomains: ["example.com", 1] }],
    ["a list that is null", { ...list, allowedDomains: null }],
  ])("is not taken from %s: it might block every page, or none", (_, json) => {
    expect(policyIn(json)).toBeUndefined();
  });
});

describe("a deployment in an answer", () => {
  test.each([
    ["has what every deployment has, and nothing that the answer leaves out", {}, {}],
    ["has a description", { description: "Managed" }, { description: "Managed" }],
    ["has no description where it is empty", { description: "" }, {}],
    ["has the id of its flow", { flow: { id: "f-1", name: "Inbound" } }, { flowId: "f-1" }],
    ["has no flow without an id", { flow: { name: "Inbound" } }, {}],
    ["has no flow where it is null", { flow: null }, {}],
    ["has the id of its supported content", { supportedContent: { id: "s-1" } }, { supportedContentId: "s-1" }],
    [
      "has its push integrations by provider and id",
      {
        pushIntegrations: [{ provider: "Firebase", id: "p-1" }, { id: "p-2" }, { provider: "APNs" }, "not an object"],
      },
      { pushIntegrations: ["Firebase p-1", " p-2", "APNs "] },
    ],
    ["has none where the list is empty", { pushIntegrations: [] }, {}],
    ["has none where it is not a list", { pushIntegrations: { provider: "Firebase", id: "p-1" } }, {}],
    ["has a list of domains that is left out", { allowedDomains: undefined }, { allowedDomains: [] }],
    [
      "has the version as a text",
      { configuration: { id: "c-1", version: 3 } },
      { configuration: { id: "c-1", version: "3" } },
    ],
  ])("%s", (_, more, expected) => {
    expect(deploymentIn({ ...answer, ...more })).toStrictEqual({ ...answer, ...expected });
  });

  test.each([
    ["id", { id: "" }],
    ["name", { name: undefined }],
    ["status", { status: null }],
    ["flag", { allowAllDomains: undefined }],
    ["configuration", { configuration: null }],
    ["id of the configuration", { configuration: { version: "3" } }],
    ["version of the configuration", { configuration: { id: "c-1" } }],
  ])("is not there without its %s", (_, missing) => {
    expect(deploymentIn({ ...answer, ...missing })).toBeUndefined();
  });

  test.each([null, "d-1", [answer]])("is not there in %j", (json) => {
    expect(deploymentIn(json)).toBeUndefined();
  });
});
