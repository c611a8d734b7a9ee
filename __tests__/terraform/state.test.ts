import {
  type DeclaredMessenger,
  parseState,
  rememberedDeployment,
  type State,
  taintedAddresses,
} from "../../lib/terraform";
import { configuration, deployment, stateText, type StateParts } from "./state-text";

const declared: DeclaredMessenger = { address: deployment, configurationAddress: configuration, name: "Shop" };

function state(parts: StateParts = {}): State {
  const parsed = parseState(stateText(parts));
  if (parsed === undefined) throw new Error("no state");
  return parsed;
}

describe("what terraform state pull prints", () => {
  test.each(["", "\n", `{"version": 4, "serial": 0, "lineage": "", "resources": []}`])("%j is no state yet", (text) => {
    expect(parseState(text)).toBeUndefined();
  });

  test("a state of format version 4 keeps its text", () => {
    expect(state()).toMatchObject({
      text: stateText(),
      serial: 7,
      lineage: "9ba1f0d7-15e0-40ef-b844-d824a30661d1",
    });
  });

  test.each([
    ["{", "is no JSON object"],
    ["[]", "is no JSON object"],
    [`{"version": 3}`, "has the format version 3, and only 4 is understood"],
    ["{}", "has the format version null, and only 4 is understood"],
    [`{"version": 4, "serial": "7", "lineage": "a"}`, "has no serial or no lineage"],
    [`{"version": 4, "serial": 7}`, "has no serial or no lineage"],
    [`{"encrypted_data": "b3Bh", "serial": 1, "lineage": "a"}`, "is encrypted (OpenTofu state encryption)"],
  ])("%s is refused with what to do", (text, problem) => {
    expect(() => parseState(text)).toThrow(`Terraform's state ${problem}.\n\n`);
  });
});

describe("what the state remembers of a deployment", () => {
  test("is told in the API's words, empty texts left out", () => {
    expect(rememberedDeployment(state(), declared)).toEqual({
      deployment: {
        id: "d-1",
        name: "Shop",
        status: "Active",
        allowAllDomains: false,
        allowedDomains: ["example.com", "www.example.com"],
        configuration: { id: "c-1", version: "3" },
      },
      configurationVersion: "3",
      tainted: [],
    });
  });

  test("is found where it was, until a move is applied, and where it is afterwards", () => {
    const moved = (name: string): DeclaredMessenger => ({
      address: `${deployment}${name}`,
      configurationAddress: `${configuration}${name}`,
      formerAddresses: [`${deployment}_x`, deployment],
      formerConfigurationAddresses: [configuration],
      name: "Shop",
    });
    const formerly = { address: deployment, configurationAddress: configuration };
    expect(rememberedDeployment(state(), moved("_2"))).toMatchObject({
      deployment: { id: "d-1" },
      configurationVersion: "3",
      formerly,
    });
    expect(rememberedDeployment(state(), moved(""))).not.toHaveProperty("formerly");
    const tainted = { configurationInstance: { status: "tainted" } };
    expect(rememberedDeployment(state(tainted), moved("_2"))?.tainted).toEqual([configuration]);
  });

  test("includes what is optional, and no domains where the list is null", () => {
    const attributes = { allowed_domains: null, description: "d", flow_id: "f-1", supported_content_id: "s-1" };
    expect(rememberedDeployment(state({ deployment: attributes }), declared)?.deployment).toMatchObject({
      allowedDomains: [],
      description: "d",
      flowId: "f-1",
      supportedContentId: "s-1",
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

  test("has no configuration version where it is wired to none", () => {
    const unwired = { address: deployment, name: "Shop" };
    expect(rememberedDeployment(state(), unwired)).not.toHaveProperty("configurationVersion");
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
      "has the schema version 2, and only 1 is understood",
    ],
    ["no schema version", { configurationInstance: { schema_version: undefined } }, "has the schema version null"],
    ["a deposed object", { deploymentInstance: { deposed: "a1b2c3d4" } }, "still to be destroyed (deposed)"],
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
    ["a version that is no text", { configuration: { version: 3 } }, "has an attribute version of an unexpected type"],
    ["no id", { deployment: { id: "" } }, "has no id in Terraform's state"],
  ])("%s is refused rather than guessed at", (_, parts, problem) => {
    expect(() => rememberedDeployment(state(parts), declared)).toThrow(problem);
  });
});
