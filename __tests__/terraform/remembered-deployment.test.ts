import { type DeclaredMessenger } from "../../lib/terraform/declared-messengers";
import { parseState, type State } from "../../lib/terraform/state";
import {
  rememberedConfiguration,
  rememberedConfigurationId,
  rememberedDeployment,
  rememberedDeploymentIds,
  taintedAddresses,
} from "../../lib/terraform/remembered-deployment";
import { StackError } from "../../lib/base/errors";
import { configuration, deployment, type StateParts, stateText } from "./state-text";

const declared: DeclaredMessenger = { address: deployment, configurationAddress: configuration, name: "Shop" };
const unwired: DeclaredMessenger = { address: deployment, name: "Shop" };
const lost: DeclaredMessenger = { ...declared, configurationAddress: `${configuration}_2` };

function state(parts: StateParts = {}): State {
  const parsed = parseState(stateText(parts));
  if (parsed === undefined) throw new Error("no state");
  return parsed;
}

/** What is told of the state's deployment where the tests change nothing. */
const inOrder = {
  id: "d-1",
  name: "Shop",
  status: "Active",
  allowAllDomains: false,
  allowedDomains: ["example.com", "www.example.com"],
  configuration: { id: "c-1", version: "3" },
};

describe("what the state remembers of a deployment", () => {
  test("is told in the API's words, empty texts left out", () => {
    expect(rememberedDeployment(state(), declared)).toStrictEqual({
      deployment: inOrder,
      configurationVersion: "3",
      tainted: [],
    });
  });

  const formerAddresses = [`${deployment}_x`, deployment];
  const formerConfigurationAddresses = [`${configuration}_x`, configuration];
  const moves = { formerAddresses, formerConfigurationAddresses };
  const both = { address: deployment, configurationAddress: configuration };

  test.each<[string, Partial<DeclaredMessenger>, object | undefined]>([
    ["both moved", { address: `${deployment}_2`, configurationAddress: `${configuration}_2`, ...moves }, both],
    ["only the deployment", { address: `${deployment}_2`, formerAddresses }, both],
    ["only the configuration", { configurationAddress: `${configuration}_2`, formerConfigurationAddresses }, both],
    ["both moves are applied", moves, undefined],
    ["nothing moved", {}, undefined],
  ])("is found where it was, until a move is applied, and where it is afterwards: %s", (_, changes, formerly) => {
    const remembered = rememberedDeployment(state(), { ...declared, ...changes });
    expect(remembered).toMatchObject({ deployment: { id: "d-1" }, configurationVersion: "3" });
    expect(remembered?.formerly).toEqual(formerly);
    const tainted = { configurationInstance: { status: "tainted" }, deploymentInstance: { status: "tainted" } };
    expect(rememberedDeployment(state(tainted), { ...declared, ...changes })?.tainted).toEqual([
      configuration,
      deployment,
    ]);
  });

  test("is found where it was without a configuration, too", () => {
    const moved = { ...unwired, address: `${deployment}_2`, formerAddresses };
    expect(rememberedDeployment(state(), moved)?.formerly).toStrictEqual({ address: deployment });
  });

  test.each<[object, object]>([
    [{ allowed_domains: null }, { allowedDomains: [] }],
    [
      { allow_all_domains: true, allowed_domains: [] },
      { allowAllDomains: true, allowedDomains: [] },
    ],
    [{ allow_all_domains: null }, { allowAllDomains: false }],
    [{ status: null }, { status: "" }],
    [
      { description: "d", flow_id: "f-1", supported_content_id: "s-1" },
      { description: "d", flowId: "f-1", supportedContentId: "s-1" },
    ],
    [{ configuration: [{ id: "c-9", version: null }] }, { configuration: { id: "c-9", version: "" } }],
    [
      {
        push_integrations: [
          { provider: "apns", id: "p-1" },
          { provider: "fcm", id: "p-2" },
        ],
      },
      { pushIntegrations: ["apns p-1", "fcm p-2"] },
    ],
  ])("%j are told as %j", (attributes, expected) => {
    expect(rememberedDeployment(state({ deployment: attributes }), declared)?.deployment).toEqual({
      ...inOrder,
      ...expected,
    });
  });

  test("is nothing where the state has no such resource, only a data source or one of a module", () => {
    expect(rememberedDeployment(state(), { ...declared, address: `${deployment}_2` })).toBeUndefined();
    const [type, name] = deployment.split(".");
    const others = [
      { mode: "data", type, name, instances: [{ schema_version: 1, attributes: { id: "x" } }] },
      { module: "module.m", mode: "managed", type, name, instances: [{ schema_version: 1, attributes: { id: "y" } }] },
    ];
    expect(rememberedDeployment(state({ others }), declared)?.deployment.id).toBe("d-1");
  });

  test.each<[string, DeclaredMessenger, StateParts]>([
    ["it is wired to none", unwired, {}],
    ["the state does not have it", lost, {}],
    ["the state has it without one", declared, { configuration: { version: null } }],
  ])("has no configuration version where %s", (_, messenger, parts) => {
    const remembered = rememberedDeployment(state(parts), messenger);
    expect(remembered).toStrictEqual({ deployment: inOrder, tainted: [] });
  });

  test("what was cut short is named, also a configuration whose deployment was not begun", () => {
    const tainted = { status: "tainted" };
    const both = state({ deploymentInstance: tainted, configurationInstance: tainted });
    expect(taintedAddresses(both, declared)).toEqual([configuration, deployment]);
    expect(rememberedDeployment(both, declared)?.tainted).toEqual([configuration, deployment]);
    const alone = { ...declared, address: `${deployment}_2` };
    expect(taintedAddresses(state({ configurationInstance: tainted }), alone)).toEqual([configuration]);
  });

  test.each<[string, StateParts, string]>([
    ["an index key", { deploymentInstance: { index_key: 0 } }, "has several instances (count or for_each)"],
    [
      "another schema",
      { deploymentInstance: { schema_version: 2 } },
      "has the unsupported schema version 2 (expected 1)",
    ],
    [
      "no schema version",
      { configurationInstance: { schema_version: undefined } },
      "has the unsupported schema version null",
    ],
    [
      "a deposed object",
      { deploymentInstance: { deposed: "a1b2c3d4" } },
      "has a deposed instance that is still to be destroyed",
    ],
    [
      "domains that are no list",
      { deployment: { allowed_domains: "a" } },
      "an attribute allowed_domains of an unexpected",
    ],
    [
      "domains that are no texts",
      { deployment: { allowed_domains: [1] } },
      "an attribute allowed_domains of an unexpected",
    ],
    ["a version that is not text", { configuration: { version: 3 } }, "has an attribute version of an unexpected type"],
    [
      "a version of the shown one that is not text",
      { deployment: { configuration: [{ id: "c-1", version: 3 }] } },
      "configuration.version of an",
    ],
    ["an invalid text", { deployment: { flow_id: 7 } }, "an attribute flow_id of an unexpected type"],
    [
      "an id of the shown one that is not text",
      { deployment: { configuration: [{ id: 7, version: "3" }] } },
      "an attribute configuration.id of an",
    ],
    ["no id", { deployment: { id: "" } }, "has no id in Terraform's state"],
    ["no name", { deployment: { name: null } }, "has no name in Terraform's state"],
    ["no configuration", { deployment: { configuration: [] } }, "has no configuration.id in Terraform's state"],
  ])("%s is refused rather than guessed at", (_, parts, problem) => {
    expect(() => rememberedDeployment(state(parts), declared)).toThrow(StackError);
    expect(() => rememberedDeployment(state(parts), declared)).toThrow(problem);
  });
});

describe("what the state remembers of a configuration", () => {
  const moved = { ...lost, formerConfigurationAddresses: [configuration] };

  test.each<[string, DeclaredMessenger, StateParts, object | undefined]>([
    ["published", declared, {}, { version: "3", isTainted: false }],
    ["a draft", declared, { configuration: { version: "DRAFT" } }, { version: "DRAFT", isTainted: false }],
    ["without a version", declared, { configuration: { version: "" } }, { isTainted: false }],
    ["cut short", declared, { configurationInstance: { status: "tainted" } }, { version: "3", isTainted: true }],
    ["before a move", moved, {}, { version: "3", isTainted: false }],
    ["not in the state", lost, {}, undefined],
    ["not wired", unwired, {}, undefined],
  ])("%s", (_, messenger, parts, expected) => {
    const remembered = rememberedConfiguration(state(parts), messenger);
    expect(remembered).toStrictEqual(expected && { address: configuration, ...expected });
    expect(rememberedConfigurationId(state(parts), messenger)).toBe(expected && "c-1");
  });

  test.each<[object, string]>([
    [{ id: "" }, `"${configuration}" has no id`],
    [{ id: 7 }, `"${configuration}" has an attribute id of an unexpected type`],
  ])("an invalid id is refused: %j", (attributes, problem) => {
    expect(() => rememberedConfigurationId(state({ configuration: attributes }), declared)).toThrow(problem);
  });

  test("an invalid version is refused", () => {
    const odd = state({ configuration: { version: 3 } });
    expect(() => rememberedConfiguration(odd, declared)).toThrow(
      `"${configuration}" has an attribute version of an unexpected type`,
    );
  });
});

describe("the ids of the deployments in a state", () => {
  const resource = (mode: string, address: string, id: unknown, more: object = {}): object => {
    const [type, name] = address.split(".");
    return { mode, type, name, instances: [{ attributes: { id } }, { attributes: null }, null], ...more };
  };
  const others = [
    resource("managed", `${deployment}_old`, "d-2"),
    resource("managed", deployment, "d-3", { module: "module.m" }),
    resource("data", deployment, "d-4"),
    resource("managed", "aws_route53_record.Shop", "r-1"),
    resource("managed", `${deployment}_odd`, 7),
  ];
  const formerAddresses = [`${deployment}_old`];

  test.each<[string, readonly DeclaredMessenger[] | undefined, readonly string[]]>([
    ["whatever the program declares", undefined, ["d-1", "d-2", "d-3"]],
    ["of a program that declares one", [declared], ["d-1", "d-3"]],
    [
      "of a program that has renamed one",
      [{ ...declared, address: `${deployment}_new`, formerAddresses }],
      ["d-2", "d-3"],
    ],
    ["of a program that declares none: modules may", [], ["d-3"]],
  ])("%s", (_, messengers, ids) => {
    expect(rememberedDeploymentIds(state({ others }), messengers)).toEqual(ids);
  });
});
