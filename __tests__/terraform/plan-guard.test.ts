import { type PlannedAction, planRefusals, type ResourceChange } from "../../lib/terraform";

const deployment = "genesyscloud_webdeployments_deployment.Shop";
const configuration = "genesyscloud_webdeployments_configuration.Shop";

const change = (address: string, action: PlannedAction): ResourceChange => ({
  address,
  type: address.split(".")[0] ?? "",
  action,
});
const refusals = (
  changes: readonly ResourceChange[],
  remembered: readonly string[] = [deployment],
): readonly string[] => planRefusals(changes, new Set(remembered));

describe("a plan is not applied that would give a deployment another id", () => {
  test.each<[string, PlannedAction, string]>([
    [
      deployment,
      "delete",
      `would delete the deployment "${deployment}": every page that names its id would lose its Messenger`,
    ],
    [deployment, "replace", `would replace the deployment "${deployment}": the new one has another id`],
    [configuration, "delete", `would delete the configuration "${configuration}"`],
    [configuration, "replace", `would replace the configuration "${configuration}"`],
    [deployment, "create", `would create the deployment "${deployment}" anew`],
  ])("%s: %s", (address, action, words) => {
    expect(refusals([change(address, action), change(deployment, "no-op")])).toEqual([
      expect.stringContaining(words) as string,
    ]);
  });

  test("the ways to keep what only moves in the program are named", () => {
    const was = "genesyscloud_webdeployments_deployment.Shop_Deployment_1A2B3C4D";
    const is = "genesyscloud_webdeployments_deployment.Store_Deployment_5E6F7A8B";
    const words = refusals([change(was, "delete"), change(is, "create")])[0];
    expect(words).toContain(
      `If it is "${is}" under its old name: renamedFrom("Shop") in the program keeps it. If it is`,
    );
    expect(words).toContain('new ReleasedMessenger(stack, "Shop") leaves it as it is');
    expect(refusals([change(was, "delete")])[0]).not.toContain("renamedFrom");
    expect(refusals([change(deployment, "delete")])[0]).toContain('new ReleasedMessenger(stack, "<its id>")');
  });

  test.each<[string, PlannedAction, readonly string[]]>([
    [deployment, "create", []],
    [deployment, "forget", [deployment]],
    [configuration, "forget", [deployment]],
    [deployment, "create", [`${deployment}_2`]],
    [configuration, "create", [deployment]],
    [deployment, "update", [deployment]],
    [deployment, "no-op", [deployment]],
    [configuration, "update", [deployment]],
    ["aws_route53_record.shop", "replace", [deployment]],
    ["aws_route53_record.shop", "delete", [deployment]],
  ])("%s: %s is allowed where the state has %j", (address, action, remembered) => {
    expect(refusals([change(address, action)], remembered)).toEqual([]);
  });
});
