import { stripVTControlCharacters as plain } from "node:util";
import { renderPlan, renderRepairs, type VisitorsWords, visitorsWords } from "../../../lib/cli/report/plan-report";
import { asPlanned } from "../../../lib/operations/plan-stack";
import { stateEdits } from "../../../lib/operations/repairs";
import { type Plan } from "../../../lib/terraform/stack-terraform";
import { type ResourceChange } from "../../../lib/terraform/plan";
import { type LiveReading } from "../../../lib/platform/public-files";
import { notAsked, reading } from "../../audit/subjects";
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
  const stale = { allow_all_domains: false, allowed_domains: ["stale.example.com"] };
  const unread = { outcome: "unreachable", reason: "nothing answers" } as const;
  const publicly = (live: Parameters<typeof reading>[0]): LiveReading =>
    reading(live, { api: notAsked, versions: notAsked });
  const api = "the platform API";
  const files = "the public files";
  const rows: readonly [string, Partial<ResourceChange>, LiveReading, readonly VisitorsWords[]][] = [
    [
      "a deployment that is made",
      { action: "create" },
      reading(),
      [{ source: "Terraform's state", message: `no Messenger anywhere: "Shop" has no deployment yet` }],
    ],
    ["a live list that is right already, whatever Terraform remembers", { before: stale }, reading(), []],
    [
      "a host that is missing live, although Terraform remembers it",
      { before: { allowed_domains: ["example.com", "www.example.com"] } },
      reading({ allowedDomains: ["example.com"] }),
      [
        {
          source: api,
          message: expect.stringMatching(/^"www\.example\.com" is missing: a page there still/) as string,
        },
      ],
    ],
    [
      "a list that was emptied",
      { before: stale },
      reading({ allowedDomains: [] }),
      [{ source: api, message: expect.stringMatching(/^the list is empty: the Messenger is blocked on/) as string }],
    ],
    [
      "a deployment that was switched off",
      { before: stale },
      reading({ status: "Inactive" }),
      [{ source: api, message: "the deployment is Inactive: the Messenger starts on no page" }],
    ],
    [
      "a deployment that does not exist",
      { before: stale },
      reading({}, { api: { outcome: "gone" } }),
      [{ source: api, message: 'no Messenger anywhere: the deployment of "Shop" does not exist' }],
    ],
    [
      "without credentials, what browsers are told",
      { before: stale },
      publicly({ allowedDomains: ["example.com"] }),
      [{ source: files, message: expect.stringMatching(/^"www\.example\.com" is missing/) as string }],
    ],
    [
      "what no one could be asked",
      { before: stale },
      reading({}, { api: notAsked, publicFiles: { domains: unread, configuration: unread } }),
      [{ source: "unknown", message: "there are no credentials, and nothing answers" }],
    ],
    ["nothing", { action: "no-op" }, reading({ allowedDomains: [] }), []],
  ];
  test.each(rows)("%s", (_, changes, live, expected) => {
    expect(visitorsWords([change(changes)], [asPlanned(messengerOf(live))])).toEqual(expected);
  });
});

test("a plan without changes is one line", () => {
  expect(plain(renderPlan("production", planOf(), [asPlanned(messengerOf())]))).toBe("production: no changes");
});

test("a plan is Terraform's own text, and what it means", () => {
  const live = asPlanned(messengerOf(reading({ allowAllDomains: true, allowedDomains: [] })));
  expect(plain(renderPlan("production", planOf(change({})), [live]))).toBe(
    [
      "▸ production",
      "",
      "Plan: 0 to add, 1 to change, 0 to destroy.",
      "",
      "What visitors experience until this is applied (read from the platform API):",
      "  • all domains are allowed: any website can show the Messenger",
    ].join("\n"),
  );
});

test("what is written into the state is told before it is written", () => {
  const emptied = messengerOf(reading({ allowedDomains: [] }));
  expect(renderRepairs("production", stateEdits([emptied], { recreate: false }))).toEqual([
    `  • production: ${declared.address}: allowed_domains = null (the live list is empty)`,
  ]);
});
