import { instanceAt, parseState, type State, type StateInstance } from "../../lib/terraform/state";
import { StackError } from "../../lib/base/errors";
import { type StateParts, stateText } from "./state-text";

function state(parts: StateParts = {}): State {
  const parsed = parseState(stateText(parts));
  if (parsed === undefined) throw new Error("no state");
  return parsed;
}

describe("what terraform state pull prints", () => {
  test.each(["", "\n", `{"version": 4, "serial": 0, "lineage": "", "resources": []}`])(
    "%j is not a state yet",
    (text) => {
      expect(parseState(text)).toBeUndefined();
    },
  );

  test.each([
    ["written by hand", `{"version": 4, "serial": 0, "lineage": "l"}`, { serial: 0, lineage: "l" }],
    ["whose lineage was lost", `{"version": 4, "serial": 1, "lineage": ""}`, { serial: 1, lineage: "" }],
  ])("a state %s is one", (_, text, expected) => {
    expect(parseState(text)).toMatchObject({ text, ...expected });
  });

  test("a state of format version 4 keeps its text", () => {
    expect(state()).toMatchObject({
      text: stateText(),
      serial: 7,
      lineage: "9ba1f0d7-15e0-40ef-b844-d824a30661d1",
    });
  });

  test.each([
    ["{", "is not a JSON object"],
    ["[]", "is not a JSON object"],
    [`{"version": 3}`, "has the unsupported format version 3 (expected 4)"],
    ["{}", "has the unsupported format version null (expected 4)"],
    [`{"version": 4, "serial": "7", "lineage": "a"}`, "has no serial or no lineage"],
    [`{"version": 4, "serial": 1.5, "lineage": "a"}`, "has no serial or no lineage"],
    [`{"version": 4, "serial": 7, "lineage": 1}`, "has no serial or no lineage"],
    [`{"version": 4, "serial": 7}`, "has no serial or no lineage"],
    [`{"encrypted_data": "b3Bh", "serial": 1, "lineage": "a"}`, "is encrypted (OpenTofu state encryption)"],
  ])("%s is refused with what to do", (text, problem) => {
    expect(() => parseState(text)).toThrow(StackError);
    expect(() => parseState(text)).toThrow(`Terraform's state ${problem}.\n\n`);
  });
});

describe("the one object of a resource", () => {
  const address = "a.b";
  const attributes = { id: "1" };
  const inOrder = { schema_version: 1, attributes };
  const resource = (instances: unknown, more: object = {}): object => ({
    mode: "managed",
    type: "a",
    name: "b",
    instances,
    ...more,
  });
  const found = (...resources: readonly unknown[]): StateInstance | undefined => {
    const parsed = parseState(JSON.stringify({ version: 4, serial: 1, lineage: "l", resources }));
    return parsed && instanceAt(parsed, address);
  };

  test.each<[string, readonly unknown[], StateInstance["path"], boolean]>([
    ["alone", [resource([inOrder])], ["resources", 0, "instances", 0], false],
    ["tainted", [resource([{ ...inOrder, status: "tainted" }])], ["resources", 0, "instances", 0], true],
    ["of another status", [resource([{ ...inOrder, status: "x" }])], ["resources", 0, "instances", 0], false],
    [
      "behind others",
      [
        null,
        resource([inOrder], { mode: "data" }),
        resource([inOrder], { type: "c" }),
        resource([inOrder], { name: "c" }),
        resource([inOrder], { module: "module.m" }),
        resource([inOrder]),
      ],
      ["resources", 5, "instances", 0],
      false,
    ],
  ])("%s", (_, resources, path, isTainted) => {
    expect(found(...resources)).toEqual({ attributes, isTainted, path });
  });

  test.each<[string, readonly unknown[]]>([
    ["no such resource", [resource([inOrder], { name: "c" })]],
    ["no object of it", [resource([])]],
    ["no list of objects", [resource(inOrder)]],
  ])("is missing where the state has %s", (_, resources) => {
    expect(found(...resources)).toBeUndefined();
  });

  test.each<[string, unknown, string]>([
    ["two", [inOrder, inOrder], "has several instances"],
    ["one of a count", [{ ...inOrder, index_key: 0 }], "has several instances"],
    [
      "one and its predecessor",
      [inOrder, { ...inOrder, deposed: "a1b2c3d4" }],
      "has a deposed instance that is still to be destroyed",
    ],
    [
      "a predecessor alone",
      [{ ...inOrder, deposed: "a1b2c3d4" }],
      "has a deposed instance that is still to be destroyed",
    ],
    ["another version", [{ ...inOrder, schema_version: 0 }], "has the unsupported schema version 0"],
    ["no attributes", [{ schema_version: 1, attributes: null }], "has the unsupported schema version 1"],
    ["nothing at its place", [null], "has the unsupported schema version null"],
  ])("is refused where the state has %s", (_, instances, problem) => {
    expect(() => found(resource(instances))).toThrow(StackError);
    expect(() => found(resource(instances))).toThrow(problem);
  });
});
