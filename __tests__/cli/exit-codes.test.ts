import { auditExitCode } from "../../lib/cli/commands/audit";
import { planExitCode, type PlanJson } from "../../lib/cli/commands/plan";
import { wasEdited } from "../../lib/cli/commands/repair";
import { deployExitCode, type StackOutcome } from "../../lib/operations/outcome";
import { notAsked, reading } from "../audit/subjects";
import { declared, examined, messengerOf, stackOf } from "./examined";

const unreachable = { outcome: "unreachable", reason: "api.example.com cannot be reached" } as const;
const equal = examined("equal", messengerOf());
const drift = examined("drift", messengerOf(reading({ allowedDomains: ["example.com"] })));
const unknown = examined("unknown", messengerOf(reading({}, { api: unreachable })));
const unread = { stack: stackOf("unread"), problem: new Error("The state is broken.") };
const late = examined(
  "late",
  messengerOf(
    reading(
      {},
      {
        publicFiles: {
          ...reading().publicFiles,
          domains: { outcome: "served", content: { allowAllDomains: false, allowedDomains: ["old.example.net"] } },
        },
      },
    ),
  ),
);

test.each([
  ["equal", [equal], 0],
  ["drift", [equal, drift], 2],
  ["what could not be read", [equal, drift, unknown], 1],
  ["a state that could not be read", [drift, unread], 1],
  ["public files that are still old", [late], 2],
] as const)("origins audit of %s ends with its own code", (_, found, code) => {
  expect(auditExitCode(found)).toBe(code);
});

const planOf = (changes: Partial<PlanJson>): PlanJson => ({
  stack: "production",
  changes: [],
  visitors: [],
  refusals: [],
  ...changes,
});

test.each([
  [[{ hasChanges: false }], 0],
  [[{ hasChanges: false }, { hasChanges: true }], 2],
  [[{ hasChanges: true }, { problem: "no" }], 1],
] as const)("origins plan of %j ends as terraform plan does: %i", (plans, code) => {
  expect(planExitCode(plans.map(planOf))).toBe(code);
});

const outcomeOf = (outcome: StackOutcome["outcome"]): StackOutcome => ({
  stack: stackOf("production"),
  outcome,
  repairs: [],
});

test.each([
  ["deployed", equal, 0],
  ["unchanged", equal, 0],
  ["deployed", late, 0],
  ["unchanged", drift, 2],
  ["deployed", unknown, 1],
  ["deployed", unread, 1],
  ["declined", equal, 1],
  ["refused", equal, 1],
  ["failed", equal, 1],
  ["skipped", equal, 1],
  ["interrupted", equal, 1],
] as const)("origins deploy: %s, and then %j", (outcome, after, code) => {
  expect(deployExitCode([outcomeOf(outcome)], [after])).toBe(code);
});

test.each([
  ["one of two that was not deployed", ["deployed", "failed"], [equal, equal], 1],
  ["one of two that could not be read", ["deployed", "deployed"], [equal, unread], 1],
  ["one of two of which nothing is known", ["deployed", "deployed"], [equal, unknown], 1],
  ["one of two with drift", ["deployed", "unchanged"], [drift, equal], 2],
] as const)("origins deploy: %s", (_, outcomes, after, code) => {
  expect(deployExitCode(outcomes.map(outcomeOf), after)).toBe(code);
});

test("origins deploy without credentials does not fail for what no one could ask", () => {
  const after = examined("production", messengerOf(reading({}, { api: notAsked, versions: notAsked })));
  expect(deployExitCode([outcomeOf("deployed")], [after])).toBe(0);
});

const adopting = { state: undefined, adoptee: { deploymentId: "d-1", configurationId: "c-1" } };

describe("origins repair takes up", () => {
  test.each([
    ["what someone changed", drift, true],
    ["what was cut short", examined("cut", messengerOf(reading(), { tainted: [declared.address] })), true],
    ["nothing where all is well", equal, false],
    ["nothing that follows by itself", late, false],
    ["nothing that was never deployed", examined("new", messengerOf(reading(), { state: undefined })), false],
    ["nothing that is to be adopted", examined("new", messengerOf(reading({ status: "Inactive" }), adopting)), false],
  ])("%s", (_, examination, expected) => {
    expect(wasEdited(examination)).toBe(expected);
  });
});
