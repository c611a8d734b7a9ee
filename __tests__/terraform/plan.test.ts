import { readPlan } from "../../lib/terraform/plan";
import { StackError } from "../../lib/base/errors";

const plan = (actions: readonly string[], change: object = {}): string =>
  JSON.stringify({
    format_version: "1.2",
    resource_changes: [{ address: "x.Deployment", type: "x", change: { actions, ...change } }],
  });

describe("a plan is read as what happens to each resource", () => {
  test.each([
    [["no-op"], "no-op"],
    [["create"], "create"],
    [["read"], "read"],
    [["update"], "update"],
    [["delete"], "delete"],
    [["delete", "create"], "replace"],
    [["create", "delete"], "replace"],
    [["forget"], "forget"],
  ])("%j is %s", (actions, action) => {
    expect(readPlan(plan(actions))).toEqual([{ address: "x.Deployment", type: "x", action }]);
  });

  test("an update has the attributes before and after", () => {
    const change = { before: { allowed_domains: ["a.example.com"] }, after: { allowed_domains: ["b.example.com"] } };
    expect(readPlan(plan(["update"], change))[0]).toMatchObject(change);
  });

  test.each([
    ["create", { before: null, after: { id: "a" } }, { after: { id: "a" } }],
    ["delete", { before: { id: "a" }, after: null }, { before: { id: "a" } }],
    ["no-op", { before: {}, after: {}, importing: null }, { before: {}, after: {} }],
  ])("%s: what is not there is left out of %j", (action, change, expected) => {
    expect(readPlan(plan([action], change))).toEqual([{ address: "x.Deployment", type: "x", action, ...expected }]);
  });

  test("an import has the id of what is there", () => {
    const change = { importing: { id: "d-1" }, before: {}, after: {} };
    expect(readPlan(plan(["no-op"], change))[0]).toMatchObject({ action: "no-op", importId: "d-1" });
  });

  test.each(['{"format_version": "1.2"}', '{"format_version": "1.2", "resource_changes": {}}'])(
    "a plan without resources has no changes: %s",
    (json) => {
      expect(readPlan(json)).toEqual([]);
    },
  );

  test("entries that are no changes are left out", () => {
    const changes = [null, "x", { address: "x.A", type: "x", change: { actions: ["create"] } }];
    expect(readPlan(JSON.stringify({ format_version: "1.0", resource_changes: changes }))).toEqual([
      { address: "x.A", type: "x", action: "create" },
    ]);
  });

  test.each([
    ["{}", "undefined"],
    [`{"format_version": "2.0"}`, '"2.0"'],
    [`{"format_version": "2.1."}`, '"2.1."'],
    [`{"format_version": 1.2}`, "1.2"],
    ["[]", "none"],
  ])("%s is refused, and the message quotes the version", (json, version) => {
    expect(() => readPlan(json)).toThrow(StackError);
    expect(() => readPlan(json)).toThrow(`Unsupported format_version ${version} of the plan: expected "1.x"`);
  });

  test.each<[unknown, string]>([
    [["open"], '["open"]'],
    [[], "[]"],
    ["no", '"no"'],
    [undefined, "undefined"],
  ])("actions that are not known are refused rather than taken for nothing: %j", (actions, quoted) => {
    const json = JSON.stringify({ format_version: "1.2", resource_changes: [{ address: "x.A", change: { actions } }] });
    expect(() => readPlan(json)).toThrow(StackError);
    expect(() => readPlan(json)).toThrow(`an unknown action: ${quoted}.`);
  });

  test("so is a change of which the plan says nothing", () => {
    const json = JSON.stringify({ format_version: "1.2", resource_changes: [{ address: "x.A" }] });
    expect(() => readPlan(json)).toThrow("The plan contains an unknown action: undefined.");
  });
});
