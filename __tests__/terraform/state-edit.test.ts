import { editState, type StateEdit } from "../../lib/terraform/state-edit";
import { instanceAt, parseState, type State } from "../../lib/terraform/state";
import { StackError } from "../../lib/base/errors";
import fc from "../fast-check";
import { configuration, deployment, type StateParts, stateText } from "./state-text";

const emptied: StateEdit = { address: deployment, attribute: "allowed_domains", value: null };
const republished: StateEdit = { address: configuration, attribute: "version", value: "5" };
const unpublished: StateEdit = { address: configuration, attribute: "description", value: "never published" };
const gone: StateEdit = { address: deployment, attribute: "existence", value: false };
const inOrder: StateEdit = { address: deployment, attribute: "tainted", value: false };

function state(parts: StateParts = {}): State {
  const parsed = parseState(stateText(parts));
  if (parsed === undefined) throw new Error("no state");
  return parsed;
}

describe("an edit of the state", () => {
  test("makes it say what is live, and changes nothing else but the serial", () => {
    const expected = stateText({
      top: { serial: 8 },
      deployment: { allowed_domains: null },
      configuration: { version: "5" },
    });
    expect(editState(state(), [emptied, republished])).toEqual(parseState(expected));
    expect(editState(state(), [republished, emptied]).text).toBe(expected);
  });

  test.each<[string, StateParts, StateEdit, StateParts]>([
    ["a list that is empty already", { deployment: { allowed_domains: null } }, emptied, {}],
    ["a version of two digits", {}, { ...republished, value: "12" }, { configuration: { version: "12" } }],
    [
      "a resource that is not tainted, beside one that is",
      { deploymentInstance: { status: "other" }, configurationInstance: { status: "tainted" } },
      inOrder,
      {},
    ],
  ])("is made of %s", (_, parts, edit, changes) => {
    const expected = stateText({ ...parts, ...changes, top: { serial: 8 } });
    expect(editState(state(parts), [edit]).text).toBe(expected);
  });

  test("keeps what JavaScript would write otherwise: long numbers, escapes, unknown members, white space", () => {
    const odd = stateText({ top: { new_in_a_later_version: "?" } })
      .replace('"?"', String.raw`[12345678901234567890, 1.0, 1E5, "<b>", {"": 0,  "\"": -0}]`)
      .replace(/\n/g, "\r\n");
    const text = editState({ ...state(), text: odd }, [emptied]).text;
    expect(text).toBe(
      odd.replace('"serial": 7', '"serial": 8').replace(/"allowed_domains": \[[^\]]*\]/, '"allowed_domains": null'),
    );
  });

  test("says that a resource is in order whose creation was cut short", () => {
    const tainted = state({ deploymentInstance: { status: "tainted" } });
    const expected = stateText({ top: { serial: 8 }, deployment: { allowed_domains: null } });
    expect(editState(tainted, [inOrder, emptied]).text).toBe(expected);
    expect(editState(state(), [inOrder]).text).toBe(stateText({ top: { serial: 8 } }));
  });

  test("makes a configuration differ from the program that was never published", () => {
    const expected = stateText({ top: { serial: 8 }, configuration: { description: "never published" } });
    expect(editState(state({ configuration: { description: null } }), [unpublished]).text).toBe(expected);
    const draft = state({ configuration: { version: null } });
    expect(editState(draft, [republished]).text).toBe(
      stateText({ top: { serial: 8 }, configuration: { version: "5" } }),
    );
  });

  test("lets a resource be forgotten that does not exist any more, and everything else that was to be said of it", () => {
    const tainted = state({ deploymentInstance: { status: "tainted" } });
    const edited = editState(tainted, [emptied, gone, inOrder, republished]);
    const { resources, ...rest } = JSON.parse(edited.text) as { readonly resources: readonly object[] };
    const expected = JSON.parse(stateText({ top: { serial: 8 }, configuration: { version: "5" } })) as typeof rest & {
      readonly resources: readonly object[];
    };
    expect(rest).toEqual({ ...expected, resources: undefined });
    expect(resources).toEqual([expected.resources[0], { ...expected.resources[1], instances: [] }]);
    expect(instanceAt(edited, deployment)).toBeUndefined();
  });

  test("is empty where there is nothing to edit", () => {
    const unchanged = state();
    expect(editState(unchanged, [])).toBe(unchanged);
  });

  test.each<[string, StateParts, StateEdit, string]>([
    ["an absent resource", {}, { ...emptied, address: `${deployment}_2` }, "is not in Terraform's state"],
    [
      "a tainted one",
      { deploymentInstance: { status: "tainted" } },
      emptied,
      "is marked as tainted: Terraform would replace it",
    ],
    [
      "a deposed one that is gone",
      { deploymentInstance: { deposed: "a1b2c3d4" } },
      gone,
      "has a deposed instance that is still to be destroyed",
    ],
    ["an absent one that is gone", {}, { ...gone, address: `${deployment}_2` }, "is not in Terraform's state"],
    [
      "a deposed one",
      { deploymentInstance: { deposed: "a1b2c3d4" } },
      emptied,
      "has a deposed instance that is still to be destroyed",
    ],
    ["several", { deploymentInstance: { index_key: "a" } }, emptied, "has several instances"],
    ["an invalid list", { deployment: { allowed_domains: "a" } }, emptied, "allowed_domains of an unexpected type"],
    ["a version that is not text", { configuration: { version: 3 } }, republished, "version of an unexpected type"],
    [
      "a version of a deployment",
      { deployment: { version: "1" } },
      { ...republished, address: deployment },
      "unexpected type",
    ],
    ["a draft", {}, { ...republished, value: "DRAFT" }, `Invalid version "DRAFT": expected a published version`],
    [
      "what begins like a version",
      {},
      { ...republished, value: "5x" },
      `Invalid version "5x": expected a published version`,
    ],
    [
      "what ends like a version",
      {},
      { ...republished, value: "x5" },
      `Invalid version "x5": expected a published version`,
    ],
    [
      "a list of a configuration",
      { configuration: { allowed_domains: [] } },
      { ...emptied, address: configuration },
      "unexpected type",
    ],
    ["a description of a deployment", {}, { ...unpublished, address: deployment }, "unexpected type"],
    [
      "a description that is not text",
      { configuration: { description: 1 } },
      unpublished,
      "description of an unexpected type",
    ],
    ["a description that is not there", {}, unpublished, "description of an unexpected type"],
  ])("%s is refused", (_, parts, edit, problem) => {
    expect(() => editState(state(parts), [edit])).toThrow(StackError);
    expect(() => editState(state(parts), [edit])).toThrow(problem);
  });
});

describe("an edit of the state is refused", () => {
  test("of a tainted resource where only the other one is in order", () => {
    const tainted = state({ deploymentInstance: { status: "tainted" }, configurationInstance: { status: "tainted" } });
    const edits: readonly StateEdit[] = [{ ...inOrder, address: configuration }, republished, emptied];
    expect(() => editState(tainted, edits)).toThrow(`"${deployment}" is marked as tainted`);
    expect(editState(tainted, edits.slice(0, 2)).text).toBe(
      stateText({
        top: { serial: 8 },
        deploymentInstance: { status: "tainted" },
        configuration: { version: "5" },
      }),
    );
  });

  test("of a mark with nothing behind it, as Terraform never writes it", () => {
    const text = stateText({ deploymentInstance: { status: "tainted" } }).replace(
      /"status": "tainted",\s*("schema_version[^]*?)\s*\}(\s*\]\s*\}\s*\],\s*"check_results)/,
      '$1, "status": "tainted"}$2',
    );
    const marked = parseState(text) ?? state();
    expect(instanceAt(marked, deployment)?.isTainted).toBe(true);
    expect(() => editState(marked, [inOrder])).toThrow(StackError);
  });

  test("where the text is not the state that was read", () => {
    expect(() => editState({ ...state(), text: "{}" }, [emptied])).toThrow(
      "Terraform's state has no serial. Nothing was changed.",
    );
  });
});

test("a mark is removed wherever it stands, with one comma", () => {
  const marked = stateText({ deploymentInstance: { status: "tainted" } });
  const compact = JSON.stringify(JSON.parse(marked));
  for (const text of [marked, compact]) {
    const edited = editState({ ...state({ deploymentInstance: { status: "tainted" } }), text }, [inOrder]);
    expect(JSON.parse(edited.text)).toEqual(JSON.parse(stateText({ top: { serial: 8 } })));
  }
});

test("an edit keeps every other character of a state, whatever else is in it and however it is spaced", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom("", " ", "\t", "  "), (json, space) => {
      const spaced = (parts: StateParts): string =>
        `${space}${JSON.stringify(JSON.parse(stateText(parts)), null, space)}`;
      const other = { new_in_a_later_version: json };
      const before = spaced({ top: other, deployment: other, configuration: other });
      const after = spaced({
        top: { ...other, serial: 8 },
        deployment: { ...other, allowed_domains: null },
        configuration: { ...other, version: "5" },
      });
      expect(editState({ ...state(), text: before }, [emptied, republished]).text).toBe(after);
    }),
  );
});
