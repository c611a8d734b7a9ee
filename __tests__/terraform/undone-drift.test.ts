import { changesBeyondDrift } from "../../lib/terraform/undone-drift";
import { neverPublishedMark } from "../../lib/terraform/state-edit";
import { parseState } from "../../lib/terraform/state";
import { type ResourceChange } from "../../lib/terraform/plan";

const deployment = "genesyscloud_webdeployments_deployment.Messenger";
const configuration = "genesyscloud_webdeployments_configuration.Messenger";

/** A state with the attributes of resources, by their addresses. */
function stateOf(resources: Readonly<Record<string, object>>): ReturnType<typeof parseState> {
  const entries = Object.entries(resources).map(([address, attributes]) => {
    const [, module, type = "", name = "", key] = /^(module\.\w+)?\.?(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address) ?? [];
    const index = key === undefined ? {} : { index_key: JSON.parse(key) as unknown };
    return { ...(module && { module }), mode: "managed", type, name, instances: [{ ...index, attributes }] };
  });
  return parseState(JSON.stringify({ version: 4, serial: 3, lineage: "l", resources: entries }));
}

function change(
  action: ResourceChange["action"],
  before?: object,
  after?: object,
  more: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = ""] = (more.address ?? deployment).split(".");
  return {
    address: deployment,
    type,
    action,
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
    ...more,
  };
}

describe("a plan does no more than undo drift", () => {
  const list = { allowed_domains: ["a.example.com", "b.example.com"], name: "shop", status: "Active" };

  test.each<[string, object | undefined, ResourceChange]>([
    ["the list emptied by hand", list, change("update", { ...list, allowed_domains: null }, list)],
    ["an entry added by hand", list, change("update", { ...list, allowed_domains: ["x.org"] }, list)],
    ["two attributes", list, change("update", { ...list, allowed_domains: [], status: "Inactive" }, list)],
    [
      "a version in a block that is known after the apply",
      { configuration: [{ id: "c-1", version: "2" }], status: "Active" },
      change(
        "update",
        { configuration: [{ id: "c-1", version: "3" }], status: "Inactive" },
        { configuration: [{ id: "c-1" }], status: "Active" },
      ),
    ],
    [
      "a version that is known after the apply",
      { version: "2", description: "d" },
      change("update", { version: "3", description: "e" }, { description: "d" }),
    ],
    [
      "an entry that a repair before has emptied",
      { allowed_domains: null },
      change("update", { allowed_domains: null }, { allowed_domains: ["a.example.com"] }),
    ],
    [
      "a configuration that is yet to be published",
      { description: neverPublishedMark },
      change("update", { description: neverPublishedMark }, { description: "d" }),
    ],
    ["a block emptied by hand", { push: [{ id: "p" }] }, change("update", { push: [] }, { push: [{ id: "p" }] })],
    [
      "a value inside a block, beside one that stays",
      { styles: [{ color: "#fff", size: 1 }] },
      change("update", { styles: [{ color: "#000", size: 1 }] }, { styles: [{ color: "#fff", size: 1 }] }),
    ],
    [
      "an attribute beside one that someone has already given the program's new value",
      list,
      change("update", { ...list, name: "new", status: "Inactive" }, { ...list, name: "new" }),
    ],
    [
      "an entry added by hand to a list that was empty",
      { allowed_domains: [] },
      change("update", { allowed_domains: ["x.org"] }, { allowed_domains: [] }),
    ],
    ["an attribute removed by hand", { ...list, flow_id: "f" }, change("update", list, { ...list, flow_id: "f" })],
    ["what was deleted by hand is made again", list, change("create", undefined, list)],
    ["nothing", list, change("no-op", list, list)],
    ["a data source is read", undefined, change("read", undefined, {}, { address: "data.genesyscloud_flow.f" })],
  ])("%s", (_, deployed, planned) => {
    expect(
      changesBeyondDrift([planned], stateOf(deployed === undefined ? {} : { [deployment]: deployed })),
    ).toStrictEqual([]);
  });

  test.each<[string, ResourceChange, string]>([
    [
      "a host that was never deployed",
      change("update", { ...list, allowed_domains: null }, { ...list, allowed_domains: ["c.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "a host that was never deployed, beside drift",
      change("update", { ...list, status: "Inactive" }, { ...list, allowed_domains: [] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "another configuration, whose version is known after the apply",
      change(
        "update",
        { ...list, configuration: [{ id: "c-1", version: "3" }] },
        { ...list, configuration: [{ id: "c-2" }] },
      ),
      `update ${deployment}: configuration`,
    ],
    [
      "a host in the place of one of two",
      change("update", list, { ...list, allowed_domains: ["a.example.com", "c.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "another order",
      change("update", list, { ...list, allowed_domains: ["b.example.com", "a.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "an attribute that was not there",
      change("update", list, { ...list, description: "d" }),
      `update ${deployment}: description`,
    ],
    [
      "two attributes that were not there",
      change("update", list, { ...list, description: "d", flow_id: "f" }),
      `update ${deployment}: description, flow_id`,
    ],
    ["a list in the place of a text", change("update", list, { ...list, name: [] }), `update ${deployment}: name`],
    ["a block in the place of a text", change("update", list, { ...list, name: {} }), `update ${deployment}: name`],
    [
      "a longer list",
      change("update", list, { ...list, allowed_domains: [...list.allowed_domains, "c.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "a shorter list",
      change("update", list, { ...list, allowed_domains: ["a.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "another value beside one that stays",
      change("update", { ...list, b: [{ x: 1, y: 2 }] }, { ...list, b: [{ x: 1, y: 3 }] }),
      `update ${deployment}: b`,
    ],
    ["a new resource", change("create", undefined, {}, { address: configuration }), `create ${configuration}`],
    ["an import", change("create", undefined, {}, { importId: "d-1" }), `create ${deployment}`],
    [
      "a resource that left the program",
      change("delete", {}, undefined, { address: "null_resource.a" }),
      "delete null_resource.a",
    ],
    ["a replacement", change("replace", list, list), `replace ${deployment}`],
    ["a resource that is released", change("forget", list), `forget ${deployment}`],
  ])("but not %s", (_, planned, line) => {
    expect(changesBeyondDrift([planned], stateOf({ [deployment]: list }))).toStrictEqual([line]);
  });

  test.each(["aws_s3_bucket.b", "aws_s3_bucket.b[0]", 'aws_s3_bucket.b["x"]', "module.m.aws_s3_bucket.b"])(
    "also of %s",
    (address) => {
      const planned = change("update", { tag: "by hand" }, { tag: "deployed" }, { address });
      expect(changesBeyondDrift([planned], stateOf({ [address]: { tag: "deployed" } }))).toStrictEqual([]);
      expect(changesBeyondDrift([planned], stateOf({ [address]: { tag: "older" } }))).toStrictEqual([
        `update ${address}: tag`,
      ]);
    },
  );

  test("a list that an earlier repair has emptied stands for any other, and an empty text for none", () => {
    const empty = { allowed_domains: null, flow_id: null };
    const planned = change("update", empty, { allowed_domains: ["a.example.com"], flow_id: "f" });
    expect(changesBeyondDrift([planned], stateOf({ [deployment]: empty }))).toStrictEqual([
      `update ${deployment}: flow_id`,
    ]);
  });

  test("every change of a plan is judged by itself", () => {
    const changes = [
      change("update", { ...list, status: "Inactive" }, list),
      change("update", list, { ...list, name: "b" }),
      change("delete", {}, undefined, { address: configuration }),
    ];
    expect(changesBeyondDrift(changes, stateOf({ [deployment]: list }))).toStrictEqual([
      `update ${deployment}: name`,
      `delete ${configuration}`,
    ]);
  });

  test("a data source is not the resource of the same name", () => {
    const [type, name] = ["aws_s3_bucket", "b"];
    const attributes = { tag: "deployed" };
    const planned = change("update", { tag: "by hand" }, attributes, { address: `${type}.${name}` });
    const found = (mode: string) => {
      const resources = [{ mode, type, name, instances: [{ attributes }] }];
      return changesBeyondDrift(
        [planned],
        parseState(JSON.stringify({ version: 4, serial: 3, lineage: "l", resources })),
      );
    };
    expect(found("managed")).toStrictEqual([]);
    expect(found("data")).toStrictEqual(["update aws_s3_bucket.b: tag"]);
  });

  test.each<[string, unknown]>([
    ["no resources", undefined],
    ["invalid resources", [null, 1]],
    ["a resource without instances", [{ mode: "managed", type: "a", name: "b" }]],
    ["invalid instances", [{ mode: "managed", type: "a", name: "b", instances: [null, { attributes: null }] }]],
  ])("a state with %s remembers nothing", (_, resources) => {
    const state = parseState(JSON.stringify({ version: 4, serial: 3, lineage: "l", resources }));
    expect(changesBeyondDrift([change("create", undefined, {}, { address: "a.b" })], state)).toStrictEqual([
      "create a.b",
    ]);
  });

  test("where there is no state, everything is new", () => {
    expect(changesBeyondDrift([change("create", undefined, list)], undefined)).toStrictEqual([`create ${deployment}`]);
  });
});
