import { parseState, type State } from "../../lib/terraform";
import { stateText, type StateParts } from "./state-text";

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
