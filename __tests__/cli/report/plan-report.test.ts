import { stripVTControlCharacters as plain } from "node:util";
import { renderPlan, renderRepairs, visitorsWords } from "../../../lib/cli/report/plan-report";
import { editsOf } from "../../../lib/cli/stacks/repairs";
import { type Plan, type ResourceChange } from "../../../lib/terraform";
import { reading } from "../../live/subjects";
import { declared, messengerOf } from "../examined";

const change = (changes: Partial<ResourceChange>): ResourceChange => ({
  address: declared.address,
  type: "genesyscloud_webdeployments_deployment",
  action: "update",
  ...changes,
});
const planOf = (...changes: readonly ResourceChange[]): Plan => ({
  stackName: "production",
  changes,
  hasChanges: changes.length > 0,
  text: "Plan: 0 to add, 1 to change, 0 to destroy.",
  file: "",
});

describe("a plan in words about visitors", () => {
  test.each([
    [
      "a deployment that is made",
      { action: "create" as const },
      [`no Messenger anywhere: "Shop" has no deployment yet`],
    ],
    [
      "a host that comes back",
      { before: { allow_all_domains: false, allowed_domains: ["example.com"] } },
      [expect.stringMatching(/^"www\.example\.com" is missing: a page there still shows the Messenger/)],
    ],
    [
      "an emptied list that the state was made to know",
      { before: { allow_all_domains: false, allowed_domains: null } },
      [expect.stringMatching(/^the list is empty: the Messenger is blocked on every page/)],
    ],
    ["nothing", { action: "no-op" as const }, []],
  ])("%s", (_, changes, expected) => {
    expect(visitorsWords([change(changes)], [messengerOf()])).toEqual(expected);
  });
});

test("a plan without changes is one line", () => {
  expect(plain(renderPlan("production", planOf(), [messengerOf()]))).toBe("production: no changes");
});

test("a plan is Terraform's own text, and what it means", () => {
  const before = { allow_all_domains: true, allowed_domains: [] };
  expect(plain(renderPlan("production", planOf(change({ before })), [messengerOf()]))).toBe(
    [
      "▸ production",
      "",
      "Plan: 0 to add, 1 to change, 0 to destroy.",
      "",
      "What visitors meet until this is applied:",
      "  • all domains are allowed: any site of the web can show the Messenger",
    ].join("\n"),
  );
});

test("what is written into the state is told before it is written", () => {
  const emptied = messengerOf(reading({ allowedDomains: [] }));
  expect(renderRepairs("production", editsOf([emptied], { recreate: false }))).toEqual([
    `  • production: ${declared.address}: allowed_domains = null (the live list is empty)`,
  ]);
});
