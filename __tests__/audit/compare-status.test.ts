import { compareStatus } from "../../lib/audit/drift";

const inactive = "the deployment is Inactive: the Messenger starts on no page";
const failed = "Genesys reports an error of the deployment: pages show no Messenger";
const unnoticed = "; no plan notices, because the program declares no status";
const shown = (declared: string): string =>
  `the deployment is Active, and the program declares ${declared}: pages show a Messenger that they should not`;
const pending = "the deployment is Pending: pages show no Messenger until it is Active";
const deleting =
  "the deployment is being deleted: once it is gone, a deploy creates another one under a new id, which every page must then use";

describe("live × declared", () => {
  test.each<[live: string, declared: string | undefined, ...found: string[]]>([
    ["Active", "Active"],
    ["Active", undefined],
    ["Active", "Inactive", "status", "deploy", shown("Inactive")],
    ["Inactive", "Inactive"],
    ["Inactive", "Active", "status", "deploy", inactive],
    ["Inactive", undefined, "status", "person", `${inactive}${unnoticed}`],
    ["Error", "Active", "status", "deploy", failed],
    ["Error", undefined, "status", "person", `${failed}${unnoticed}`],
    ["Pending", "Active", "status", "time", pending],
    ["Pending", undefined, "status", "time", pending],
    ["Deleting", "Active", "deployment-gone", "deploy", deleting],
    ["Deleting", undefined, "deployment-gone", "deploy", deleting],
  ])("%s, declared %s", (live, declared, ...expected) => {
    const found = compareStatus(live, declared).flatMap(({ kind, mendedBy, message }) => [kind, mendedBy, message]);
    expect(found).toEqual(expected);
  });
});
