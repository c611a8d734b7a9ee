import { readPlan } from "../../lib/terraform";

const plan = (actions: readonly string[], change: object = {}): string =>
  JSON.stringify({
    format_version: "1.2",
    resource_changes: [{ address: "x.Deployment", type: "x", change: { actions, ...change } }],
  });

describe("a plan is read as what happens to each resource", () => {
  test.each([
    [["no-op"], "no-op"],
    [["create"], "create"],
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

  test("an import has the id of what is there", () => {
    const change = { importing: { id: "d-1" }, before: {}, after: {} };
    expect(readPlan(plan(["no-op"], change))[0]).toMatchObject({ action: "no-op", importId: "d-1" });
  });

  test("a plan without resources has no changes", () => {
    expect(readPlan(`{"format_version": "1.2"}`)).toEqual([]);
  });

  test.each([
    ["{}", "undefined"],
    [`{"format_version": "2.0"}`, '"2.0"'],
    ["[]", "none"],
  ])("%s is refused, and the message quotes the version", (json, version) => {
    expect(() => readPlan(json)).toThrow(`format_version is ${version}, expected "1.x"`);
  });

  test("an action that is not known is refused rather than taken for nothing", () => {
    expect(() => readPlan(plan(["open"]))).toThrow(`["open"]`);
  });
});
