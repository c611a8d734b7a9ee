import { renderExamination } from "../../lib/cli/report/audit-report";
import { renderSummary } from "../../lib/cli/report/deploy-summary";
import { refusalsOf } from "../../lib/operations/stack-deploy";
import { isUnfinished, unfinishedRefusals } from "../../lib/operations/unfinished";
import { type PlannedAction, type ResourceChange } from "../../lib/terraform/plan";
import { notAsked, reading } from "../audit/subjects";
import { declared, examined, messengerOf, stackOf } from "../cli/examined";

const { address, configurationAddress = "" } = declared;
const cutShort = { tainted: [address] };

test("the creation of a deployment was cut short where the state marks it, also under its former address", () => {
  expect(isUnfinished(messengerOf())).toBe(false);
  expect(isUnfinished(messengerOf(reading(), { tainted: [configurationAddress] }))).toBe(false);
  const messenger = messengerOf(reading(), cutShort);
  expect(isUnfinished(messenger)).toBe(true);
  const moved = { ...declared, address: `${address}_2` };
  expect(isUnfinished({ ...messenger, declared: moved })).toBe(false);
  const { remembered } = messenger;
  expect(isUnfinished({ declared: moved, remembered: remembered && { ...remembered, formerly: { address } } })).toBe(
    true,
  );
});

describe("a deploy leaves it as it is", () => {
  test.each(["Active", "Inactive", "Error"])("not where it is %s", (status) => {
    expect(unfinishedRefusals([messengerOf(reading({ status }), cutShort)])).toEqual([]);
  });

  test("while it is Pending, and says how to wait longer", () => {
    const pending = reading({ status: "Pending" });
    expect(unfinishedRefusals([messengerOf(pending)])).toEqual([]);
    expect(unfinishedRefusals([messengerOf(pending, cutShort)])).toEqual([
      'the deployment "d-1" is still Pending, since its creation was cut short: nothing was changed. Run origins deploy again ' +
        "when Genesys Cloud shows it as Active, or wait longer: --activation-timeout 10m",
    ]);
  });

  test.each([
    ["no one asked", notAsked],
    ["the platform API does not answer", { outcome: "unreachable", reason: "no answer (ECONNREFUSED)" } as const],
  ])("where %s, and says why", (_, api) => {
    const [refusal, ...others] = unfinishedRefusals([messengerOf(reading({}, { api }), cutShort)]);
    expect(others).toEqual([]);
    expect(refusal).toContain(`could not be read from the platform API (${api.reason})`);
  });
});

test("a plan that would replace it is refused with what keeps it, and no advice to destroy it", () => {
  const change = (action: PlannedAction): ResourceChange => ({
    address,
    type: "genesyscloud_webdeployments_deployment",
    action,
  });
  const plan = (action: PlannedAction) => ({
    stackName: "shop",
    changes: [change(action)],
    hasChanges: true,
    text: "",
    file: "",
  });
  const [refusal, ...others] = refusalsOf(plan("replace"), [messengerOf(reading(), cutShort)]);
  expect(others).toEqual([]);
  expect(refusal).toMatch(/Run origins deploy: it waits until the deployment is Active, and keeps it$/);
  expect(refusal).not.toMatch(/destroy/);
  expect(refusalsOf(plan("replace"), [messengerOf()]).join()).toMatch(
    /would replace the deployment .* destroy it with Terraform itself/,
  );
  expect(refusalsOf(plan("delete"), [messengerOf(reading(), cutShort)]).join()).toContain(
    "would delete the deployment",
  );
});

test("reports say what to do about it", () => {
  const examination = examined("shop", messengerOf(reading({ status: "Pending" }), cutShort));
  const advice = `the creation of the deployment "d-1" was cut short, so that Terraform alone would replace it. Run origins deploy`;
  expect(renderExamination(examination)).toContain(advice);
  const outcome = { stack: stackOf("shop"), outcome: "interrupted", repairs: [], attempted: true } as const;
  const summary = renderSummary([outcome], new Map([["shop", examination]]));
  expect(summary).toContain(advice);
  expect(summary).toMatch(/shop +│ interrupted +│ +│ drift/);
  expect(summary).not.toContain("never deployed");
});
