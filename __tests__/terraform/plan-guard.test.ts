import { type PlannedAction, planRefusals, type ResourceChange } from "../../lib/terraform/plan";

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
      `would delete the deployment "${deployment}": every page that uses its id would lose its Messenger`,
    ],
    [deployment, "replace", `would replace the deployment "${deployment}": the new one has another id`],
    [configuration, "delete", `would delete the configuration "${configuration}"`],
    [configuration, "replace", `would replace the configuration "${configuration}"`],
    [deployment, "create", `would create the deployment "${deployment}" again`],
  ])("%s: %s", (address, action, words) => {
    expect(refusals([change(address, action), change(deployment, "no-op")])).toEqual([
      expect.stringContaining(words) as string,
    ]);
  });

  const type = "genesyscloud_webdeployments_deployment";
  const shop = `${type}.Shop_Deployment_1A2B3C4D`;
  const store = change(`${type}.Store_Deployment_5E6F7A8B`, "create");
  const mall = change(`${type}.Mall_Deployment_5E6F7A8B`, "create");
  const moved = (...names: readonly string[]): string =>
    `If it is ${names.map((name) => `"${name}"`).join(" or ")} under its old name: keep it with renamedFrom("Shop") in the program. `;
  const released = (id: string): string =>
    `If another stack manages it from now on, or none does: new ReleasedMessenger(stack, "${id}") leaves it as it is. `;

  test.each<[string, string, readonly ResourceChange[], string]>([
    ["alone", shop, [], released("Shop")],
    ["beside a new deployment", shop, [store], moved(store.address) + released("Shop")],
    ["beside two new deployments", shop, [store, mall], moved(store.address, mall.address) + released("Shop")],
    [
      "beside other changes",
      shop,
      [change(store.address, "update"), change(configuration, "create")],
      released("Shop"),
    ],
    ["of a construct with a dash", `${type}.my-shop_1_Deployment_0123ABCD`, [], released("my-shop_1")],
    ["that no construct made", deployment, [], released("<its id>")],
    ["whose name only resembles that of a construct's", `${shop}_2`, [], released("<its id>")],
    ["whose hash is not one", `${type}.Shop_Deployment_1a2b3c4d`, [], released("<its id>")],
  ])("a deletion names the ways to keep the deployment: %s", (_, address, others, ways) => {
    expect(refusals([change(address, "delete"), ...others])).toEqual([
      `The plan would delete the deployment "${address}": every page that uses its id would lose its Messenger, and the id cannot ` +
        `be restored. ${ways}If this is intended, destroy it with Terraform itself; otherwise undo the change of the program ` +
        "that causes it",
    ]);
  });

  test.each<[string, PlannedAction]>([
    [shop, "replace"],
    [shop, "create"],
    [configuration, "delete"],
    [configuration, "replace"],
  ])("what is not a deletion of a deployment cannot be kept by a move: %s: %s", (address, action) => {
    expect(refusals([change(address, action), store], [shop])).toEqual([
      expect.not.stringMatching(/renamedFrom|ReleasedMessenger/),
    ]);
  });

  test("every change that speaks against the plan has its reason, in the plan's order", () => {
    const changes = [change(configuration, "delete"), change(deployment, "update"), change(shop, "delete")];
    expect(refusals(changes)).toEqual([
      expect.stringContaining(`would delete the configuration "${configuration}"`),
      expect.stringContaining(`would delete the deployment "${shop}"`),
    ]);
  });

  test.each<[string, PlannedAction, readonly string[]]>([
    [deployment, "create", []],
    [deployment, "forget", [deployment]],
    [configuration, "forget", [deployment]],
    [deployment, "create", [`${deployment}_2`]],
    [configuration, "create", [deployment, configuration]],
    [deployment, "update", [deployment]],
    [deployment, "no-op", [deployment]],
    [configuration, "update", [deployment]],
    ["aws_route53_record.shop", "replace", [deployment]],
    ["aws_route53_record.shop", "delete", [deployment]],
  ])("%s: %s is allowed where the state has %j", (address, action, remembered) => {
    expect(refusals([change(address, action)], remembered)).toEqual([]);
  });
});
